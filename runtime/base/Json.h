// The JSON library, without its exceptions: parsing returns an error value, reading asks for the type first.
#ifndef NN_RUNTIME_BASE_JSON_H
#define NN_RUNTIME_BASE_JSON_H

#include "runtime/base/Result.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace nnrt {

using Json = nlohmann::json;
// Keeps the order of its keys, for output; looking a key up is linear, so it is not for input.
using OrderedJson = nlohmann::ordered_json;

// `text` must be one JSON object in which no object has the same key twice.
Result<Json> parseJsonObject(std::string_view text, const std::string &what);

std::optional<std::string> stringMember(const Json &object, const char *key);
std::optional<double> numberMember(const Json &object, const char *key);
std::optional<int64_t> integerMember(const Json &object, const char *key);

// Text of the value; invalid UTF-8 in strings is replaced, NaN is null.
std::string jsonText(const OrderedJson &value, int indent = -1);

} // namespace nnrt

#endif
