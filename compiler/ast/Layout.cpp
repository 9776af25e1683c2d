// Rendering keeps a stack of what is still to come, so that a group can look ahead to the next place where
// the line may end.
#include "compiler/ast/Layout.h"
#include <algorithm>

namespace nn::ast {

namespace {

// Columns are characters, not bytes.
size_t columnsOf(const std::string &text) {
  return std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; });
}

} // namespace

Layout Layout::single(Part part, size_t width, bool breaks) {
  Layout layout;
  layout.parts.push_back(std::move(part));
  layout.flatWidth = width;
  layout.breaks = breaks;
  return layout;
}

Layout::Layout(std::string text) {
  if (text.empty())
    return;
  flatWidth = columnsOf(text);
  parts.push_back({Kind::Text, std::move(text), nullptr});
}

Layout &Layout::operator+=(const Layout &other) {
  parts.insert(parts.end(), other.parts.begin(), other.parts.end());
  flatWidth += other.flatWidth;
  breaks |= other.breaks;
  return *this;
}

Layout Layout::line() { return single({Kind::Line, " ", nullptr}, 1, false); }
Layout Layout::softLine() { return single({Kind::Line, "", nullptr}, 0, false); }
Layout Layout::hardLine() { return single({Kind::HardLine, "", nullptr}, 0, true); }
Layout Layout::blankLine() { return single({Kind::BlankLine, "", nullptr}, 0, true); }

Layout Layout::comment(std::string text, bool breaks) {
  return single({Kind::Comment, std::move(text), nullptr}, 0, breaks);
}

Layout Layout::group(Layout content) {
  size_t width = content.flatWidth;
  bool breaks = content.breaks;
  return single({Kind::Group, "", std::make_shared<const Layout>(std::move(content))}, width, breaks);
}

Layout Layout::unbroken(const Layout &content) {
  constexpr size_t longest = 60;
  if (content.breaks || content.flatWidth > longest)
    return content;
  return Layout(content.rendered(SIZE_MAX));
}

Layout Layout::indented(Layout content) {
  size_t width = content.flatWidth;
  bool breaks = content.breaks;
  return single({Kind::Indented, "", std::make_shared<const Layout>(std::move(content))}, width, breaks);
}

Layout joined(const std::vector<Layout> &parts, const Layout &separator) {
  Layout all;
  for (size_t i = 0; i < parts.size(); ++i)
    all += i ? separator + parts[i] : parts[i];
  return all;
}

class Renderer {
public:
  explicit Renderer(size_t longestLine) : longestLine(longestLine) {}

  std::string run(const Layout &layout) {
    pushAll(stack, layout, 0, false);
    while (!stack.empty()) {
      Item item = stack.back();
      stack.pop_back();
      take(item);
    }
    flushComments(0);
    return std::move(out);
  }

private:
  using Kind = Layout::Kind;
  struct Item {
    const Layout::Part *part;
    size_t indent;
    bool flat;
  };

  static void pushAll(std::vector<Item> &items, const Layout &layout, size_t indent, bool flat) {
    for (auto part = layout.parts.rbegin(); part != layout.parts.rend(); ++part)
      items.push_back({&*part, indent, flat});
  }

  void take(const Item &item);
  bool fits(const Item &group) const;
  void text(const std::string &text, size_t indent);
  void newLine(size_t indent);
  bool closesNext() const;
  void flushComments(size_t indent);

  size_t longestLine;
  std::string out;
  size_t column = 0, lineIndent = 0;
  bool atLineStart = true;
  std::vector<std::string> comments; // for the end of this line
  std::vector<Item> stack;
};

// The indentation is written with the first text, so that a blank line has none.
void Renderer::text(const std::string &text, size_t indent) {
  if (text.empty())
    return;
  if (atLineStart) {
    out.append(indent, ' ');
    column = lineIndent = indent;
    atLineStart = false;
  }
  out += text;
  column += columnsOf(text);
}

// A line ends with one comment; others that came to stand there get lines of their own, where `///` would
// document what follows.
void Renderer::flushComments(size_t indent) {
  for (std::string &comment : comments) {
    if (atLineStart && comment.compare(0, 3, "///") == 0)
      comment.erase(0, 1);
    text(atLineStart ? comment : " " + comment, indent);
    if (&comment != &comments.back()) {
      out += '\n';
      atLineStart = true;
    }
  }
  comments.clear();
}

// Whether a closing bracket comes next.
bool Renderer::closesNext() const {
  if (stack.empty() || stack.back().part->kind != Kind::Text)
    return false;
  const std::string &next = stack.back().part->text;
  return !next.empty() && std::string(")]}").find(next[0]) != std::string::npos;
}

void Renderer::newLine(size_t indent) {
  flushComments(closesNext() ? indent + 2 : indent); // with what is inside the bracket, or with what follows
  if (!atLineStart || !out.empty())
    out += '\n';
  atLineStart = true;
  column = indent;
}

// Whether the group and what follows it, up to where the line may end, stay within the line.
bool Renderer::fits(const Item &group) const {
  if (group.part->body->mustBreak())
    return false;
  size_t used = (atLineStart ? group.indent : column) + group.part->body->width();
  if (used > longestLine)
    return false;
  std::vector<Item> ahead;
  for (auto next = stack.rbegin(); next != stack.rend() || !ahead.empty();) {
    Item item = ahead.empty() ? *next++ : ahead.back();
    if (!ahead.empty())
      ahead.pop_back();
    switch (item.part->kind) {
    case Kind::Text:
      used += columnsOf(item.part->text);
      break;
    case Kind::Line:
      if (!item.flat)
        return used <= longestLine;
      used += item.part->text.size();
      break;
    case Kind::HardLine:
    case Kind::BlankLine:
      return used <= longestLine;
    case Kind::Comment:
      break;
    case Kind::Group:
    case Kind::Indented:
      pushAll(ahead, *item.part->body, item.indent, item.flat);
      break;
    }
    if (used > longestLine)
      return false;
  }
  return true;
}

void Renderer::take(const Item &item) {
  switch (item.part->kind) {
  case Kind::Text:
    return text(item.part->text, item.indent);
  case Kind::Line:
    return item.flat ? text(item.part->text, item.indent) : newLine(item.indent);
  case Kind::HardLine:
    return newLine(item.indent);
  case Kind::BlankLine:
    newLine(item.indent);
    out += '\n';
    return;
  case Kind::Comment:
    comments.push_back(item.part->text);
    return;
  case Kind::Group:
    return pushAll(stack, *item.part->body, item.indent, item.flat || fits(item));
  case Kind::Indented:
    return pushAll(stack, *item.part->body, item.indent + 2, item.flat);
  }
}

std::string Layout::rendered(size_t longestLine) const { return Renderer(longestLine).run(*this); }

} // namespace nn::ast
