// Duplicate keys are refused because the library would silently keep the last one. They are found in a pass
// of their own: the library's parser callback costs a walk over all members for each nested object, which a
// hostile header turns into minutes.
#include "runtime/base/Json.h"

#include <set>
#include <vector>

using namespace nnrt;

namespace {

// The library's SAX interface, of which only keys and the ends of objects matter.
struct DuplicateFinder {
  std::vector<std::set<std::string>> keys; // of the open objects
  std::optional<std::string> duplicate;

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(Json::number_integer_t) { return true; }
  bool number_unsigned(Json::number_unsigned_t) { return true; }
  bool number_float(Json::number_float_t, const std::string &) { return true; }
  bool string(std::string &) { return true; }
  bool binary(Json::binary_t &) { return true; }
  bool start_array(size_t) { return true; }
  bool end_array() { return true; }
  bool start_object(size_t) {
    keys.emplace_back();
    return true;
  }
  bool end_object() {
    keys.pop_back();
    return true;
  }
  bool key(std::string &name) {
    if (!keys.back().insert(name).second)
      duplicate = name;
    return !duplicate;
  }
  bool parse_error(size_t, const std::string &, const Json::exception &) { return false; }
};

} // namespace

Result<Json> nnrt::parseJsonObject(std::string_view text, const std::string &what) {
  DuplicateFinder finder;
  bool valid = Json::sax_parse(text.begin(), text.end(), &finder);
  if (finder.duplicate)
    return dataError(what + " has the key `" + *finder.duplicate + "` twice");
  if (!valid)
    return dataError(what + " is not a JSON object");
  Json value = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded() || !value.is_object())
    return dataError(what + " is not a JSON object");
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
