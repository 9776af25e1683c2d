#include "compiler/sema/Braces.h"
#include <cctype>

namespace nn::sema {

namespace {

bool isName(const std::string &text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0])))
    return false;
  for (unsigned char c : text)
    if (!std::isalnum(c) && c != '_')
      return false;
  return true;
}

} // namespace

std::string fillBraces(const std::string &text, llvm::function_ref<std::string(const std::string &)> value) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    size_t end = text[at] == '{' ? text.find('}', at) : std::string::npos;
    std::string name = end == std::string::npos ? "" : text.substr(at + 1, end - at - 1);
    if (isName(name)) {
      result += value(name);
      at = end + 1;
    } else {
      result += text[at++];
    }
  }
  return result;
}

} // namespace nn::sema
