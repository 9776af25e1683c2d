// The source `text`: windows of characters or words, and the vocabulary that they share.
#include "compiler/sema/data/DataReader.h"

namespace nn::sema {

using typed::Call;
using typed::CallArgument;
using typed::Element;
using typed::Field;

namespace {

bool isText(const std::optional<Call> &call) { return call && call->name == "text"; }

// The vocabulary is the training part's, and what makes it stands there.
constexpr const char *ofVocabulary[] = {"unknown", "by"};

} // namespace

// Of a text, the first field is a window of characters or words, the second what follows each; what they
// share is the vocabulary, which the training part fills.
void DataReader::checkText() {
  if (!isText(data.train) && !isText(data.validation) && !isText(data.test))
    return;
  for (const auto &[part, source] : parts())
    if (*source && !isText(*source))
      evaluator.error(DiagnosticKind::MixedSources, seen.at(part),
                      {"`" + (*source)->name + "`", "`text`, as the other parts"});
  for (const auto &[part, source] :
       {std::pair("test", &data.test), std::pair("validation", &data.validation)})
    for (const char *parameter : ofVocabulary)
      if (*source && argumentOf(**source, parameter))
        evaluator.error(DiagnosticKind::UnknownArgument, seen.at(part), {"text", parameter})
            .note("the vocabulary is that of `train`, and so is `" + std::string(parameter) + "`");
  const CallArgument *unknown = argumentOf(*data.train, "unknown"), *by = argumentOf(*data.train, "by");
  bool hasUnknown = unknown && *unknown->number != 0, areWords = by && by->text == "words";
  const std::string units = areWords ? "words" : "characters";
  if (data.fields.size() > 2)
    evaluator
        .error(DiagnosticKind::TextFields, seen.at(data.fields[2].name),
               {"text", std::to_string(data.fields.size()), "1 or 2"})
        .note("the first field is a window of " + units + ", the second those that follow");
  for (Field &field : data.fields) {
    const typed::TensorType &type = field.type, &first = data.fields[0].type;
    if (type.element != Element::Label || type.shape.size() != 1 || type.classes <= int64_t(hasUnknown))
      evaluator.error(DiagnosticKind::FieldType, seen.at(field.name),
                      {"`" + toString(type) + "`", areWords ? "a window of words, as `class(2000)[32]`"
                                                            : "a window of characters, as `class(65)[128]`"});
    else if (type.shape != first.shape || type.classes != first.classes)
      evaluator.error(DiagnosticKind::ShapeMismatch, seen.at(field.name),
                      {"`" + field.name + "`", toString(type), toString(first)});
    field.steps = {{"vocabulary", {{"unknown", double(hasUnknown), ""}}}};
    if (areWords)
      field.steps[0].arguments.push_back({"by", std::nullopt, units});
  }
}

} // namespace nn::sema
