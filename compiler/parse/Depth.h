// Bounds the recursion of the parser and of all phases behind it before it happens. Reading tokens from left
// to right, it keeps for each open bracket an upper bound of
//  - the nesting: brackets, prefix operators, `^`, `if`, `scan` and `->` that are open here (the parser
//  recurses),
//  - the height of the tree: the nesting and every operator of a left-leaning chain `a + a + …`.
#ifndef NN_PARSE_DEPTH_H
#define NN_PARSE_DEPTH_H

#include <cstddef>
#include <vector>

namespace nn::parsing {

class Depth {
public:
  // `afterOperand`: whether the token before ended an operand.
  void take(size_t kind, bool afterOperand);

  unsigned nesting() const;
  unsigned height() const { return levels.back().height(); }

private:
  // What lies between two brackets. An element ends at a comma and at the end of a statement.
  struct Level {
    unsigned base = 0;             // the nesting outside
    unsigned tight = 0, loose = 0; // open `-` and `^`; open `not`
    unsigned words = 0;            // `if`, `scan`, `->` of this element
    unsigned links = 0, inner = 0; // operators of this element, height of its highest bracket
    unsigned highest = 0;          // of the elements before
    unsigned height() const { return (links + inner > highest) ? links + inner : highest; }
  };

  void open();
  void close();
  void endElement();
  void takeOperator(size_t kind);

  std::vector<Level> levels = {Level()};
};

} // namespace nn::parsing
#endif
