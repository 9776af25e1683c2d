// Classes that the source has names for: folders of pictures, parts of the names of recordings. The training
// part decides which class a name is; the runtime keeps them with the weights.
#include "compiler/sema/data/DataReader.h"

namespace nn::sema {

using typed::Call;
using typed::Cell;
using typed::Element;
using typed::Field;
using typed::FieldKind;

namespace {

// Of pictures without a table of labels the folder's name is the class, and so it is of recordings without a
// pattern; elsewhere `category(k)` asks for texts.
bool hasNames(const Call &source, const Field &field) {
  if (source.name == "images")
    return field.cell == Cell::Category || !argumentOf(source, "labels");
  if (source.name == "wav")
    return field.cell == Cell::Category || !argumentOf(source, "pattern");
  return false;
}

} // namespace

void DataReader::checkNames() {
  for (Field &field : data.fields) {
    if (field.kind != FieldKind::Plain || field.type.element != Element::Label)
      continue;
    if (hasNames(*data.train, field))
      field.steps = {{"names", {{"unknown", double(field.hasUnknown), ""}}}};
    else if (field.hasUnknown)
      evaluator.error(
          DiagnosticKind::FieldType, seen.at(field.name),
          {"`unknown: true` of `" + field.name + "`",
           "`category(k)`: only classes that `" + data.train->name + "` has names for can be unknown"});
  }
}

} // namespace nn::sema
