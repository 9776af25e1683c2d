// Text whose line breaks are not decided yet (after Wadler, "A prettier printer"). A group is set on one line
// if it fits, else each of its own lines breaks; groups inside it decide for themselves.
#ifndef NN_AST_LAYOUT_H
#define NN_AST_LAYOUT_H

#include <memory>
#include <string>
#include <vector>

namespace nn::ast {

class Layout {
public:
  Layout() = default; // nothing
  Layout(const char *text) : Layout(std::string(text)) {}
  Layout(std::string text);

  Layout &operator+=(const Layout &other);
  friend Layout operator+(Layout left, const Layout &right) { return left += right; }

  static Layout line();     // a space, or the end of a line
  static Layout softLine(); // nothing, or the end of a line
  static Layout hardLine(); // the end of a line; all groups around it break
  static Layout blankLine();
  // A comment for the end of whatever line it comes to stand on. With `breaks`, all groups around it break.
  static Layout comment(std::string text, bool breaks);
  static Layout group(Layout content);
  static Layout unbroken(const Layout &content); // on one line, unless it must break or is long
  static Layout indented(Layout content);        // two spaces more behind each end of a line
  bool isEmpty() const { return parts.empty(); }
  bool mustBreak() const { return breaks; }
  size_t width() const { return flatWidth; } // on one line

  std::string rendered(size_t longestLine) const;

private:
  friend class Renderer;
  enum class Kind { Text, Line, HardLine, BlankLine, Comment, Group, Indented };
  struct Part {
    Kind kind;
    std::string text;                   // of Text and Comment; of a Line: what it is on one line
    std::shared_ptr<const Layout> body; // of Group and Indented
  };
  static Layout single(Part part, size_t width, bool breaks);

  std::vector<Part> parts;
  size_t flatWidth = 0;
  bool breaks = false;
};

Layout joined(const std::vector<Layout> &parts, const Layout &separator);

} // namespace nn::ast
#endif
