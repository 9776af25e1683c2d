// Duplicate keys are refused because the library would silently keep the last one.
#include "runtime/base/Json.h"

#include <set>
#include <vector>

using namespace nnrt;

Result<Json> nnrt::parseJsonObject(std::string_view text, const std::string &what) {
  using Event = Json::parse_event_t;
  std::vector<std::set<std::string>> keys; // of the open objects
  std::string duplicate;
  auto watch = [&](int, Event event, Json &parsed) {
    if (event == Event::object_start)
      keys.emplace_back();
    else if (event == Event::object_end)
      keys.pop_back();
    else if (event == Event::key && !keys.back().insert(*parsed.get_ptr<const std::string *>()).second)
      duplicate = *parsed.get_ptr<const std::string *>();
    return true;
  };
  Json value = Json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  if (value.is_discarded() || !value.is_object())
    return dataError(what + " is not a JSON object");
  if (!duplicate.empty())
    return dataError(what + " has the key `" + duplicate + "` twice");
  return value;
}

std::optional<std::string> nnrt::stringMember(const Json &object, const char *key) {
  auto member = object.find(key);
  if (member == object.end() || !member->is_string())
    return std::nullopt;
  return *member->get_ptr<const std::string *>();
}

std::optional<double> nnrt::numberMember(const Json &object, const char *key) {
  auto member = object.find(key);
  if (member == object.end() || !member->is_number())
    return std::nullopt;
  return member->get<double>();
}

std::optional<int64_t> nnrt::integerMember(const Json &object, const char *key) {
  auto member = object.find(key);
  if (member == object.end() || !member->is_number_integer())
    return std::nullopt;
  if (member->is_number_unsigned() && member->get<uint64_t>() > uint64_t(INT64_MAX))
    return std::nullopt;
  return member->get<int64_t>();
}

std::string nnrt::jsonText(const OrderedJson &value, int indent) {
  return value.dump(indent, ' ', false, OrderedJson::error_handler_t::replace);
}
