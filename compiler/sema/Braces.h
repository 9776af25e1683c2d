// Names in the text of a message: "{heads} heads", where the value is told.
#ifndef NN_SEMA_BRACES_H
#define NN_SEMA_BRACES_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>

namespace nn::sema {

// The text with each `{name}` replaced by what `value` gives for the name. Other braces stay.
std::string fillBraces(const std::string &text, llvm::function_ref<std::string(const std::string &)> value);

} // namespace nn::sema
#endif
