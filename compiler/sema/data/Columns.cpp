// The parts of a record: `field`, and of a table `column` and `target`.
#include "compiler/sema/data/DataReader.h"

namespace nn::sema {

using typed::Call;
using typed::Cell;
using typed::Element;
using typed::Field;
using typed::FieldKind;

namespace {

constexpr int64_t maxSpan = 1 << 20;

bool hasStep(const Field &field, const char *name) {
  return llvm::any_of(field.steps, [&](const Call &step) { return step.name == name; });
}

// Values that a column takes from one row.
int64_t widthOf(const Field &field) {
  switch (field.cell) {
  case Cell::Category:
    return field.categories + field.hasUnknown;
  case Cell::Date: { // sine and cosine of each period
    for (const Call &step : field.steps)
      if (step.name == "calendar")
        return 2 * int64_t(step.arguments.size());
    return 4;
  }
  default:
    break;
  }
  for (const Call &step : field.steps)
    if (const typed::CallArgument *indicator = argumentOf(step, "indicator"); indicator && *indicator->number)
      return 2 * field.span;
  return field.span;
}

} // namespace

bool DataReader::isTable() const {
  return llvm::any_of(data.fields, [](const Field &field) { return field.kind != FieldKind::Plain; });
}

void DataReader::plainField(const ast::ColumnStmt &stmt, Field &field) {
  const ast::TypeExpr &type = *stmt.type;
  bool isClass = type.name.text == "class" || type.name.text == "category";
  if ((!isClass && type.name.text != "f32") || isClass == type.arguments.empty()) {
    evaluator.error(DiagnosticKind::FieldType, type.where,
                    {"`" + evaluator.text(type.where) + "`", "`f32[…]` or `class(k)`"});
    return;
  }
  auto shape = evaluator.shapeOf(type.shape, true);
  if (!shape || !evaluator.checkElements(*shape, type.where) || (isClass && !readCategories(type, field)))
    return;
  if (type.name.text == "category")
    field.cell = Cell::Category;
  field.type = {isClass ? Element::Label : Element::Float, *shape,
                isClass ? field.categories + field.hasUnknown : 0};
  if (readSteps(stmt, isClass ? OnClass : OnValues, field))
    data.fields.push_back(std::move(field));
}

// k of `class(k)` and `category(k)`.
bool DataReader::readCategories(const ast::TypeExpr &type, Field &field) {
  const ast::Argument *count = nullptr;
  for (const ast::Argument &argument : type.arguments) {
    if (!argument.name && !count) {
      count = &argument;
    } else if (argument.name && argument.name->text == "unknown" && type.name.text == "category") {
      auto flag = evaluator.asBool(evaluator.evaluate(*argument.value), argument.value->where, "`unknown`");
      if (!flag)
        return false;
      field.hasUnknown = *flag;
    } else {
      evaluator.error(DiagnosticKind::FieldType, type.where,
                      {"`" + evaluator.text(type.where) + "`", "`class(k)` or `category(k, unknown: true)`"});
      return false;
    }
  }
  if (!count) {
    evaluator.error(DiagnosticKind::FieldType, type.where,
                    {"`" + evaluator.text(type.where) + "`", "`class(k)` or `category(k)`"});
    return false;
  }
  Location where = count->value->where;
  auto size = evaluator.asSize(evaluator.evaluate(*count->value), where, "the number of classes");
  if (!size)
    return false;
  if (size->size > INT32_MAX) {
    evaluator.error(DiagnosticKind::TensorTooLarge, where, {evaluator.text(type.where)});
    return false;
  }
  field.categories = size->size;
  return true;
}

// `number`, `number[64]`, `category(3)`, `class(2)`, `date`, `skip[2]`.
bool DataReader::readCellType(const ast::TypeExpr &type, Field &field) {
  const std::string &word = type.name.text;
  static const std::pair<const char *, Cell> cells[] = {
      {"number", Cell::Number}, {"class", Cell::Class}, {"category", Cell::Category}, {"date", Cell::Date}};
  auto found = llvm::find_if(cells, [&](const auto &each) { return word == each.first; });
  bool isSkip = word == "skip", hasCount = word == "class" || word == "category";
  bool spans = (word == "number" || isSkip) && type.hasShape && type.shape.size() == 1;
  if ((!isSkip && found == std::end(cells)) || hasCount == type.arguments.empty() ||
      (type.hasShape && !spans)) {
    evaluator.error(DiagnosticKind::FieldType, type.where,
                    {"`" + evaluator.text(type.where) + "`",
                     "`number`, `number[n]`, `category(k)`, `class(k)`, `date` or `skip`"});
    return false;
  }
  field.kind = isSkip ? FieldKind::Skip : field.kind;
  field.cell = isSkip ? Cell::Number : found->second;
  if (hasCount && !readCategories(type, field))
    return false;
  if (!spans)
    return true;
  auto shape = evaluator.shapeOf(type.shape, true);
  if (!shape || (*shape)[0].batch || (*shape)[0].size > maxSpan)
    return false;
  field.span = (*shape)[0].size;
  return true;
}

// The type of the value, with the rows of a window.
void DataReader::placeInRecord(Field &field) const {
  bool isTarget = field.kind == FieldKind::Target;
  bool isLabel =
      field.cell == Cell::Class || (field.cell == Cell::Category && (isTarget || hasStep(field, "index")));
  int64_t rows = 1;
  if (data.windows) {
    const typed::CallArgument *given = argumentOf(*data.windows, isTarget ? "horizon" : "length");
    rows = given ? int64_t(*given->number) : 1;
  }
  if (isLabel) {
    Shape shape;
    if (data.windows && !(isTarget && rows == 1))
      shape.push_back({rows, false});
    field.type = {Element::Label, shape, field.categories + field.hasUnknown};
    return;
  }
  int64_t width = widthOf(field);
  Shape shape{{isTarget ? rows * width : width, false}};
  if (data.windows && !isTarget)
    shape.insert(shape.begin(), {rows, false});
  field.type = {Element::Float, shape, 0};
}

void DataReader::column(const ast::ColumnStmt &stmt, Field &field) {
  field.kind = stmt.role == ast::ColumnStmt::Role::Target ? FieldKind::Target : FieldKind::Column;
  if (!readCellType(*stmt.type, field))
    return;
  static const std::pair<Cell, unsigned> subjects[] = {
      {Cell::Number, OnNumber}, {Cell::Class, OnClass}, {Cell::Category, OnCategory}, {Cell::Date, OnDate}};
  unsigned subject = llvm::find_if(subjects, [&](auto &each) { return each.first == field.cell; })->second;
  if (!readSteps(stmt, field.kind == FieldKind::Skip ? 0 : subject, field))
    return;
  placeInRecord(field);
  if (evaluator.checkElements(field.type.shape, stmt.where))
    data.fields.push_back(std::move(field));
}

void DataReader::field(const ast::ColumnStmt &stmt) {
  bool isSkip = stmt.type->name.text == "skip";
  if (!isSkip && !once(stmt.name))
    return;
  Field field;
  field.name = field.sourceName = stmt.name.text;
  evaluator.program.fieldPlaces[decl.name.text + "." + field.name] = stmt.name.where;
  bool isPlain = stmt.role == ast::ColumnStmt::Role::Field;
  if (!data.fields.empty() && (data.fields[0].kind == FieldKind::Plain) != isPlain) {
    evaluator.error(DiagnosticKind::MixedSources, stmt.where,
                    {"`field` and `column` in one data set", "one of them"});
    return;
  }
  isPlain ? plainField(stmt, field) : column(stmt, field);
}

void DataReader::augment(const ast::AugmentStmt &stmt) {
  auto index = fieldNamed(stmt.name.text);
  if (!index) {
    std::vector<std::string> names;
    for (const Field &field : data.fields)
      names.push_back(field.name);
    if (!seen.count(stmt.name.text)) // else its own error has been told
      evaluator.unknownName("field", stmt.name.text, stmt.name.where, names);
    return;
  }
  Field &field = data.fields[*index];
  for (const ast::ExprPtr &step : stmt.steps)
    if (auto read = calls.read(*step, "augmentation", augmentForms()))
      if (field.kind == FieldKind::Plain || checkColumnAugmentation(field, *read, step->where))
        field.augments.push_back(*read);
}

// What changes finished values: of a number, or of the rows of a window.
bool DataReader::checkColumnAugmentation(const Field &field, const Call &step, Location where) {
  bool isOfRows = step.name == "shift" || step.name == "time_mask";
  const char *expected = nullptr;
  if (field.kind != FieldKind::Column || field.cell != Cell::Number)
    expected = "an augmentation of a `column` of numbers";
  else if (widthOf(field) > field.span)
    expected = "it of a column without `indicator`";
  else if (step.name != "noise" && !isOfRows)
    expected = "`noise`, or of windows `shift` and `time_mask`, which columns have";
  else if (isOfRows && !data.windows)
    expected = "it of `windows(…)`: a row alone has no time";
  if (expected)
    evaluator.error(DiagnosticKind::StepOfClass, where,
                    {"`" + step.name + "` of `" + field.name + "`", expected});
  return !expected;
}

// All columns that are numbers, side by side.
void DataReader::addFeatures() {
  if (!isTable())
    return;
  Field features;
  features.name = features.sourceName = "features";
  features.kind = FieldKind::Features;
  int64_t width = 0;
  for (const Field &field : data.fields)
    if (field.kind == FieldKind::Column && field.type.element == Element::Float)
      width += field.type.shape.back().size;
  if (width == 0)
    return;
  if (seen.count("features")) {
    evaluator.error(DiagnosticKind::DuplicateField, seen.at("features"), {"name", "features"})
        .note("`features` is all columns side by side");
    return;
  }
  Shape shape{{width, false}};
  if (data.windows)
    if (const typed::CallArgument *length = argumentOf(*data.windows, "length"))
      shape.insert(shape.begin(), {int64_t(*length->number), false});
  features.type = {Element::Float, shape, 0};
  evaluator.program.fieldPlaces[data.name + ".features"] = decl.name.where;
  if (evaluator.checkElements(features.type.shape, decl.name.where))
    data.fields.push_back(std::move(features));
}

} // namespace nn::sema
