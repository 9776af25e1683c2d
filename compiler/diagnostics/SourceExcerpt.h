// One source line made fit for a terminal: tabs become spaces, what cannot be shown becomes U+FFFD, a very
// long line is cut to a window around the place that matters. Knows where each byte came to stand.
#ifndef NN_DIAGNOSTICS_SOURCEEXCERPT_H
#define NN_DIAGNOSTICS_SOURCEEXCERPT_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nn {

class SourceExcerpt {
public:
  // `focus`: the byte of the line that must stay visible.
  SourceExcerpt(std::string_view line, uint32_t focus);

  const std::string &text() const { return shown; }
  // The cells from byte `begin` up to byte `end` of the line, as far as they are visible; at least one wide.
  struct Span {
    unsigned column, width;
  };
  Span span(uint32_t begin, uint32_t end) const;

private:
  unsigned columnOf(uint32_t byte) const;

  std::string shown;
  std::vector<unsigned> columns; // per byte of the line and one past it, in the whole line
  unsigned windowBegin = 0, windowEnd = 0, margin = 0;
};

// The same replacement for text that is not source: messages quote what users wrote.
std::string printable(std::string_view text);

} // namespace nn
#endif
