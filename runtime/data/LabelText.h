// The text that tells a field's value beside a picture or a recording: a class, a category or a number.
#ifndef NN_RUNTIME_DATA_LABELTEXT_H
#define NN_RUNTIME_DATA_LABELTEXT_H

#include "runtime/abi/Program.h"

#include <string>

namespace nnrt {

// Whether a number is a label of `class(classes)`.
bool isClass(double value, int64_t classes);

// What is wrong with the text for this field, or nothing.
std::string labelMistake(const std::string &cell, const nn_field &field);

} // namespace nnrt

#endif
