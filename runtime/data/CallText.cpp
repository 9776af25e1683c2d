#include "runtime/data/CallText.h"
#include "runtime/base/Text.h"

using namespace nnrt;

namespace {

// `train: 60%, test: 40%, by: order`: shares as such, and words without quotes.
std::string partitionText(const nn_call &call) {
  std::string text;
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const nn_value &value = call.arguments[i];
    bool isShare = !value.text && value.number > 0 && value.number < 1;
    text += (i ? ", " : "") + std::string(value.name) + ": " +
            (value.text ? value.text : shortest(isShare ? 100 * value.number : value.number)) +
            (isShare ? "%" : "");
  }
  return text;
}

} // namespace

std::string nnrt::callText(const nn_call &call) {
  std::string text = std::string(call.name) + "(";
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const nn_value &value = call.arguments[i];
    text += i ? ", " : "";
    if (value.name && *value.name)
      text += std::string(value.name) + ": ";
    text += value.text ? "\"" + std::string(value.text) + "\"" : shortest(value.number);
  }
  return text + ")";
}

std::vector<std::pair<std::string, std::string>> nnrt::splitTexts(const nn_data &data) {
  std::vector<std::pair<std::string, std::string>> splits;
  if (data.partition.name)
    return {{"source", callText(data.train)}, {"parts", partitionText(data.partition)}};
  if (data.train.name)
    splits.emplace_back("train", callText(data.train));
  if (data.validation.name)
    splits.emplace_back("validation", callText(data.validation));
  else if (data.validation_share > 0)
    splits.emplace_back("validation", shortest(100 * data.validation_share) + "% of train");
  if (data.test.name)
    splits.emplace_back("test", callText(data.test));
  else if (data.test_share > 0)
    splits.emplace_back("test", shortest(100 * data.test_share) + "% of train");
  return splits;
}
