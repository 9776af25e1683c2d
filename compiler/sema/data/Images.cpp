// The source `images`, the steps and augmentations of pictures: what they need of a field's type.
#include "compiler/sema/data/DataReader.h"

namespace nn::sema {

using typed::Call;
using typed::Element;
using typed::Field;
using typed::FieldKind;

namespace {

bool isImages(const std::optional<Call> &call) { return call && call->name == "images"; }

// [height, width] or [height, width, channels].
bool isPicture(const Field &field) {
  size_t rank = field.type.shape.size();
  return field.kind == FieldKind::Plain && field.type.element == Element::Float && (rank == 2 || rank == 3);
}

bool isPictureStep(const Call &step) {
  const typed::CallArgument *per = argumentOf(step, "per");
  return step.name == "equalize" || step.name == "clahe" || step.name == "standardize" ||
         (per && per->text == "record");
}

// `noise`, `shift` and `mixup` are of other records too.
bool isPictureAugmentation(const Call &step) {
  return llvm::is_contained(
      {"flip", "rotate", "zoom", "crop", "shear", "brightness", "contrast", "cutout", "cutmix"},
      llvm::StringRef(step.name));
}

bool isMixing(const Call &step) { return step.name == "mixup" || step.name == "cutmix"; }

} // namespace

// One field is the picture, the others are classes, or with a table of labels numbers too.
void DataReader::checkImages() {
  if (!isImages(data.train) && !isImages(data.validation) && !isImages(data.test))
    return;
  bool hasTable = true;
  for (const auto &[part, source] : parts()) {
    if (*source && !isImages(*source))
      return void(evaluator.error(DiagnosticKind::MixedSources,
                                  seen.count(part) ? seen.at(part) : seen.at("source"),
                                  {"`" + (*source)->name + "`", "`images`, as the other parts"}));
    hasTable &= !*source || argumentOf(**source, "labels") != nullptr;
  }
  const Field *picture = nullptr;
  for (const Field &field : data.fields) {
    const Shape &shape = field.type.shape;
    if (isPicture(field) && !picture) {
      picture = &field;
      int64_t channels = shape.size() == 3 ? shape[2].size : 1;
      if (channels != 1 && channels != 3)
        evaluator.error(DiagnosticKind::FieldType, seen.at(field.name),
                        {"`" + toString(field.type) + "`",
                         "a picture, grey as `f32[32, 32, 1]` or in colour as `f32[32, 32, 3]`"});
    } else if (!shape.empty() || (field.type.element != Element::Label && !hasTable)) {
      evaluator.error(DiagnosticKind::FieldType, seen.at(field.name),
                      {"`" + toString(field.type) + "`",
                       hasTable ? "one picture, and beside it classes and single numbers"
                                : "one picture, and beside it classes"});
    }
  }
  if (!picture)
    evaluator.error(DiagnosticKind::FieldType, decl.name.where,
                    {"no picture among the fields", "one, as `field image: f32[32, 32, 3]`"});
}

void DataReader::checkAugmentations() {
  const Field *mixed = nullptr;
  for (const Field &field : data.fields) {
    auto refuse = [&](const Call &step, const char *expected) {
      evaluator.error(
          DiagnosticKind::StepOfClass, seen.at(field.name),
          {"`" + step.name + "` of `" + field.name + "`, `" + toString(field.type) + "`", expected});
    };
    bool hasValueSteps = false; // which the runtime takes behind those of whole pictures
    for (const Call &step : field.steps) {
      if (isPictureStep(step) && !isPicture(field))
        refuse(step, "it of a picture, as `f32[32, 32, 3]`");
      else if (isPictureStep(step) && hasValueSteps)
        refuse(step, "it before the steps of single values");
      hasValueSteps |= !isPictureStep(step);
    }
    for (const Call &step : field.augments) {
      if (field.type.element == Element::Label)
        refuse(step, "an augmentation of numbers");
      else if (isPictureAugmentation(step) && !isPicture(field))
        refuse(step, "it of a picture, as `f32[32, 32, 3]`");
      else if (isMixing(step) && mixed && mixed != &field)
        refuse(step, "`mixup` and `cutmix` of one field only");
      if (isMixing(step))
        mixed = &field;
    }
  }
}

void judgeMixing(Evaluator &evaluator, const typed::DataSet &data, const typed::Graph &step, Location where) {
  auto isRead = [&](const Field &field) {
    return llvm::any_of(step.nodes, [&](const typed::Node &node) {
      return node.op == typed::Op::Argument && step.arguments[node.attributes.integer].role == "field" &&
             step.arguments[node.attributes.integer].name == data.name + "." + field.name;
    });
  };
  for (const Field &field : data.fields) {
    auto mixing = llvm::find_if(field.augments, isMixing);
    if (mixing == field.augments.end() || !isRead(field))
      continue;
    for (const Field &label : data.fields) {
      auto isItsSoft = [&](const Field &other) {
        return other.kind == FieldKind::Soft && &data.fields[other.of] == &label && isRead(other);
      };
      if (label.type.element == Element::Label && isRead(label) && llvm::none_of(data.fields, isItsSoft))
        evaluator.error(DiagnosticKind::HardLabels, where, {mixing->name, field.name, label.name});
    }
  }
}

} // namespace nn::sema
