#include "compiler/sema/Data.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/Judge.h"

namespace nn::sema {

using typed::DataSet;
using typed::Element;
using typed::Field;

namespace {

// What a source or a step is called with: so many paths, or else named arguments, the first also positional.
struct CallInfo {
  const char *name;
  std::vector<std::string> names;
  size_t required;
  size_t paths = 0;

  size_t positional() const { return paths ? paths : std::min<size_t>(names.size(), 1); }
};

const std::vector<CallInfo> &sources() {
  static const std::vector<CallInfo> all{{"idx", {}, 0, SIZE_MAX},
                                         {"text", {"unknown"}, 1, 1},
                                         {"digits", {"count"}, 1},
                                         {"moons", {"count", "noise"}, 1},
                                         {"spirals", {"count", "classes", "noise"}, 1},
                                         {"blobs", {"count", "classes", "noise", "spread"}, 1},
                                         {"xor", {"count", "noise"}, 1}};
  return all;
}

const std::vector<CallInfo> &steps() {
  static const std::vector<CallInfo> all{{"scale", {"factor"}, 1}, {"zscore", {}, 0}};
  return all;
}

const std::vector<std::string> &laterSources() {
  static const std::vector<std::string> all{"csv", "images", "wav", "safetensors", "tokens"};
  return all;
}

const std::vector<std::string> &laterSteps() {
  static const std::vector<std::string> all{"minmax",   "clip",  "log1p", "missing",
                                            "equalize", "clahe", "mfcc",  "outliers"};
  return all;
}

const CallInfo *find(const std::vector<CallInfo> &table, const std::string &name) {
  for (const CallInfo &info : table)
    if (name == info.name)
      return &info;
  return nullptr;
}

class DataReader {
public:
  DataReader(Evaluator &evaluator, const ast::DataDecl &decl) : evaluator(evaluator), decl(decl) {}

  DataSet read();

private:
  void statement(const ast::Stmt &stmt);
  void setting(const ast::AssignStmt &stmt);
  void heldOut(const ast::AssignStmt &stmt, std::optional<typed::Call> &source, double &part);
  void field(const ast::ColumnStmt &stmt);
  std::optional<typed::Call> call(const ast::Expr &expr, const char *what, const std::vector<CallInfo> &table,
                                  const std::vector<std::string> &later);
  bool argument(const ast::Argument &argument, const CallInfo &info, typed::Call &into);
  void once(const ast::Name &name);
  void checkSources();
  void checkText();

  Evaluator &evaluator;
  const ast::DataDecl &decl;
  DataSet data;
  std::map<std::string, Location> seen;
};

void DataReader::once(const ast::Name &name) {
  auto [entry, isNew] = seen.try_emplace(name.text, name.where);
  if (!isNew)
    evaluator.error(DiagnosticKind::DuplicateField, name.where, {"name", name.text})
        .label(entry->second, "first defined here");
}

bool DataReader::argument(const ast::Argument &argument, const CallInfo &info, typed::Call &into) {
  typed::CallArgument result;
  if (argument.name) {
    result.name = argument.name->text;
    if (!llvm::is_contained(info.names, result.name)) {
      evaluator.error(DiagnosticKind::UnknownArgument, argument.name->where, {info.name, result.name})
          .suggest(closest(result.name, info.names));
      return false;
    }
  }
  Location where = argument.value->where;
  Value value = evaluator.evaluate(*argument.value);
  if (info.paths && !argument.name) {
    auto *text = value.as<std::string>();
    if (text)
      result.text = *text;
    else if (!value.isPoison())
      evaluator.error(DiagnosticKind::ExpectedText, where, {describe(value), "a path in quotes"});
    into.arguments.push_back(result);
    return text;
  }
  const std::string what = "an argument of `" + std::string(info.name) + "`";
  if (result.name == "unknown")
    result.number = evaluator.asBool(value, where, what);
  else
    result.number = evaluator.asNumber(value, where, what);
  into.arguments.push_back(result);
  if (!result.number)
    return false;
  const std::string &name = argument.name || info.names.empty() ? result.name : info.names.front();
  return judgeSourceArgument(evaluator, info.name, name, *result.number, where);
}

// `idx("images", "labels")`, `zscore`: a call or a bare name.
std::optional<typed::Call> DataReader::call(const ast::Expr &expr, const char *what,
                                            const std::vector<CallInfo> &table,
                                            const std::vector<std::string> &later) {
  auto *called = llvm::dyn_cast<ast::CallExpr>(&expr);
  auto *name = llvm::dyn_cast<ast::NameExpr>(called ? called->callee.get() : &expr);
  if (!name) {
    evaluator.error(DiagnosticKind::NotASource, expr.where,
                    {"`" + evaluator.text(expr.where) + "`", std::string("a ") + what});
    return std::nullopt;
  }
  const CallInfo *info = find(table, name->name);
  if (!info) {
    std::vector<std::string> names;
    for (const CallInfo &each : table)
      names.push_back(each.name);
    if (llvm::is_contained(later, name->name))
      evaluator.error(DiagnosticKind::NotYetSupported, name->where, {name->name});
    else
      evaluator.unknownName(what, name->name, name->where, names);
    return std::nullopt;
  }
  typed::Call result;
  result.name = info->name;
  bool good = true;
  size_t positional = 0, most = info->positional();
  static const std::vector<ast::Argument> none;
  for (const ast::Argument &each : called ? called->arguments : none) {
    if (!each.name && ++positional > most) {
      evaluator.error(DiagnosticKind::TooManyArguments, each.value->where,
                      {info->name, std::to_string(most)});
      return std::nullopt;
    }
    good &= argument(each, *info, result);
  }
  if ((info->paths ? positional : result.arguments.size()) < info->required) {
    evaluator.error(DiagnosticKind::MissingArgument, expr.where,
                    {info->name, info->paths ? "file" : info->names[0]});
    return std::nullopt;
  }
  return good ? std::optional(result) : std::nullopt;
}

// A source of its own, or a share of train.
void DataReader::heldOut(const ast::AssignStmt &stmt, std::optional<typed::Call> &source, double &part) {
  auto *share = llvm::dyn_cast<ast::ShareExpr>(stmt.value.get());
  if (!share) {
    source = call(*stmt.value, "source", sources(), laterSources());
    return;
  }
  if (share->of.text != "train")
    evaluator.unknownName("part", share->of.text, share->of.where, {"train"});
  if (share->quantity->unit != "%" || share->quantity->value <= 0 || share->quantity->value >= 100)
    evaluator.error(DiagnosticKind::BadShare, share->quantity->where,
                    {"`" + share->quantity->text + "`", "a share between 0% and 100%"});
  part = share->quantity->value / 100;
}

void DataReader::setting(const ast::AssignStmt &stmt) {
  static const std::vector<std::string> known{"train", "test", "validation"};
  const std::string &name = stmt.target.text;
  once(stmt.target);
  if (name == "train")
    data.train = call(*stmt.value, "source", sources(), laterSources());
  else if (name == "test")
    heldOut(stmt, data.test, data.testShare);
  else if (name == "validation")
    heldOut(stmt, data.validation, data.validationShare);
  else if (name == "source")
    evaluator.error(DiagnosticKind::NotYetSupported, stmt.target.where, {name});
  else
    evaluator.error(DiagnosticKind::UnknownSetting, stmt.target.where, {"data", name})
        .suggest(closest(name, known));
}

void DataReader::field(const ast::ColumnStmt &stmt) {
  if (stmt.role != ast::ColumnStmt::Role::Field) {
    evaluator.error(DiagnosticKind::NotYetSupported, stmt.where,
                    {stmt.role == ast::ColumnStmt::Role::Column ? "column" : "target"});
    return;
  }
  once(stmt.name);
  Field field;
  field.name = stmt.name.text;
  evaluator.program.fieldPlaces[decl.name.text + "." + field.name] = stmt.name.where;
  const ast::TypeExpr &type = *stmt.type;
  bool isClass = type.name.text == "class";
  if ((!isClass && type.name.text != "f32") || type.arguments.size() != size_t(isClass)) {
    evaluator.error(DiagnosticKind::FieldType, type.where,
                    {"`" + evaluator.text(type.where) + "`", "`f32[…]` or `class(k)`"});
    return;
  }
  auto shape = evaluator.shapeOf(type.shape, true);
  if (!shape || !evaluator.checkElements(*shape, type.where))
    return;
  field.type = {isClass ? Element::Label : Element::Float, *shape, 0};
  if (isClass) {
    const ast::Expr &classes = *type.arguments[0].value;
    auto count = evaluator.asSize(evaluator.evaluate(classes), classes.where, "the number of classes");
    if (!count)
      return;
    if (count->size > INT32_MAX) {
      evaluator.error(DiagnosticKind::TensorTooLarge, classes.where, {evaluator.text(type.where)});
      return;
    }
    field.type.classes = count->size;
  }
  for (const ast::ExprPtr &step : stmt.steps) {
    if (isClass) {
      evaluator.error(DiagnosticKind::StepOfClass, step->where,
                      {"`" + evaluator.text(step->where) + "` of a class", "a step of numbers"});
      return;
    }
    if (auto result = call(*step, "preprocessing step", steps(), laterSteps()))
      field.steps.push_back(*result);
  }
  data.fields.push_back(std::move(field));
}

void DataReader::statement(const ast::Stmt &stmt) {
  if (auto *assign = llvm::dyn_cast<ast::AssignStmt>(&stmt))
    return setting(*assign);
  if (auto *column = llvm::dyn_cast<ast::ColumnStmt>(&stmt))
    return field(*column);
  if (llvm::isa<ast::AugmentStmt>(&stmt)) {
    evaluator.error(DiagnosticKind::NotYetSupported, stmt.where, {"augment"});
    return;
  }
  if (auto *expr = llvm::dyn_cast<ast::ExprStmt>(&stmt))
    if (auto *call = llvm::dyn_cast<ast::CallExpr>(expr->value.get()))
      if (auto *name = llvm::dyn_cast<ast::NameExpr>(call->callee.get()); name && name->name == "partition") {
        evaluator.error(DiagnosticKind::NotYetSupported, stmt.where, {"partition"});
        return;
      }
  evaluator.error(DiagnosticKind::MisplacedInData, stmt.where, {"data", "settings and fields"});
}

// Files of `idx` are one for each field.
void DataReader::checkSources() {
  if (!seen.count("train"))
    evaluator.error(DiagnosticKind::DataWithoutTrain, decl.name.where, {"data", decl.name.text, "train"});
  if (data.fields.empty())
    evaluator.error(DiagnosticKind::DataWithoutField, decl.name.where, {"data", decl.name.text, "field"});
  for (const auto &[part, source] : {std::pair("train", &data.train), std::pair("test", &data.test),
                                     std::pair("validation", &data.validation)})
    if (*source && (*source)->name == "idx" && (*source)->arguments.size() != data.fields.size())
      evaluator
          .error(DiagnosticKind::FilesPerField, seen.at(part),
                 {"idx", std::to_string((*source)->arguments.size()), std::to_string(data.fields.size())})
          .note("`idx` takes one file for each field, in text order");
    else if (*source)
      judgeSource(evaluator, data, **source, seen.at(part));
}

// Of a text, the first field is a window of characters, the second what follows each; what they share is the
// vocabulary, which the training part fills.
void DataReader::checkText() {
  auto isText = [](const std::optional<typed::Call> &call) { return call && call->name == "text"; };
  if (!isText(data.train) && !isText(data.validation) && !isText(data.test))
    return;
  for (const auto &[part, source] : {std::pair("train", &data.train), std::pair("test", &data.test),
                                     std::pair("validation", &data.validation)})
    if (*source && !isText(*source))
      evaluator.error(DiagnosticKind::MixedSources, seen.at(part),
                      {"`" + (*source)->name + "`", "`text`, as the other parts"});
  auto saysUnknown = [](const typed::CallArgument &argument) {
    return argument.name == "unknown" && *argument.number != 0;
  };
  for (const auto &[part, source] :
       {std::pair("test", &data.test), std::pair("validation", &data.validation)})
    if (*source && llvm::any_of((*source)->arguments, saysUnknown))
      evaluator.error(DiagnosticKind::UnknownArgument, seen.at(part), {"text", "unknown"})
          .note("the vocabulary is that of `train`, and so is `unknown`");
  bool hasUnknown = llvm::any_of(data.train->arguments, saysUnknown);
  if (data.fields.size() > 2)
    evaluator
        .error(DiagnosticKind::TextFields, seen.at(data.fields[2].name),
               {"text", std::to_string(data.fields.size()), "1 or 2"})
        .note("the first field is a window of characters, the second those that follow");
  for (Field &field : data.fields) {
    const typed::TensorType &type = field.type, &first = data.fields[0].type;
    if (type.element != Element::Label || type.shape.size() != 1 || type.classes <= int64_t(hasUnknown))
      evaluator.error(DiagnosticKind::FieldType, seen.at(field.name),
                      {"`" + toString(type) + "`", "a window of characters, as `class(65)[128]`"});
    else if (type.shape != first.shape || type.classes != first.classes)
      evaluator.error(DiagnosticKind::ShapeMismatch, seen.at(field.name),
                      {"`" + field.name + "`", toString(type), toString(first)});
    field.steps = {{"vocabulary", {{"unknown", double(hasUnknown), ""}}}};
  }
}

DataSet DataReader::read() {
  data.name = decl.name.text;
  unsigned before = evaluator.program.reporter.errorCount();
  for (const ast::StmtPtr &stmt : decl.body.statements)
    statement(*stmt);
  if (evaluator.program.reporter.errorCount() == before)
    checkSources();
  if (evaluator.program.reporter.errorCount() == before)
    checkText();
  return std::move(data);
}

} // namespace

void declareData(Evaluator &evaluator) {
  Program &program = evaluator.program;
  for (const SourceModule *module : program.modules)
    for (const ast::DeclPtr &decl : module->file->declarations)
      if (auto *data = llvm::dyn_cast<ast::DataDecl>(decl.get())) {
        evaluator.frame->home = module;
        DataSet set = DataReader(evaluator, *data).read();
        program.data[data] = uint32_t(program.result.data.size());
        program.result.data.push_back(std::move(set));
      }
}

Value fieldValue(Evaluator &evaluator, const DataSet &data, const Field &field) {
  typed::TensorType type = field.type;
  type.shape.insert(type.shape.begin(), typed::Dim{1, true});
  const std::string name = data.name + "." + field.name;
  Value value = evaluator.tensor(evaluator.builder().argument("field", name, type));
  evaluator.noteMade(value, evaluator.program.fieldPlaces[name]);
  return value;
}

} // namespace nn::sema
