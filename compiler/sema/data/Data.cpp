#include "compiler/sema/data/Data.h"
#include "compiler/sema/data/DataReader.h"

namespace nn::sema {

using typed::DataSet;
using typed::Field;

bool DataReader::once(const ast::Name &name) {
  auto [entry, isNew] = seen.try_emplace(name.text, name.where);
  if (!isNew)
    evaluator.error(DiagnosticKind::DuplicateField, name.where, {"name", name.text})
        .label(entry->second, "first defined here");
  return isNew;
}

std::optional<uint32_t> DataReader::fieldNamed(const std::string &name) const {
  for (size_t i = 0; i < data.fields.size(); ++i)
    if (data.fields[i].name == name && data.fields[i].kind != typed::FieldKind::Skip)
      return uint32_t(i);
  return std::nullopt;
}

void DataReader::checkReferences() {
  std::vector<std::string> names;
  for (const Field &field : data.fields)
    names.push_back(field.name);
  for (const FieldReference &reference : calls.references)
    if (!fieldNamed(reference.name))
      evaluator.unknownName("field", reference.name, reference.where, names);
}

void DataReader::statement(const ast::Stmt &stmt) {
  if (auto *assign = llvm::dyn_cast<ast::AssignStmt>(&stmt))
    return setting(*assign);
  if (auto *column = llvm::dyn_cast<ast::ColumnStmt>(&stmt))
    return field(*column);
  if (auto *augmentation = llvm::dyn_cast<ast::AugmentStmt>(&stmt))
    return augment(*augmentation);
  if (auto *expr = llvm::dyn_cast<ast::ExprStmt>(&stmt))
    return partStatement(*expr->value);
  evaluator.error(DiagnosticKind::MisplacedInData, stmt.where, {"data", "settings and fields"});
}

// Their uses are no errors of their own.
void DataReader::nameMistaken() {
  for (const auto &[name, where] : seen)
    if (!fieldNamed(name))
      data.mistaken.push_back(name);
  if (!seen.count("features"))
    data.mistaken.push_back("features");
}

DataSet DataReader::read() {
  data.name = decl.name.text;
  unsigned before = evaluator.program.reporter.errorCount();
  auto isGood = [&] { return evaluator.program.reporter.errorCount() == before; };
  // What a field is depends on the windows, and an augmentation on its field.
  auto order = [](const ast::Stmt &stmt) {
    return llvm::isa<ast::ColumnStmt>(&stmt) ? 1 : llvm::isa<ast::AugmentStmt>(&stmt) ? 2 : 0;
  };
  for (int turn = 0; turn < 3; ++turn)
    for (const ast::StmtPtr &stmt : decl.body.statements)
      if (order(*stmt) == turn)
        statement(*stmt);
  if (isGood())
    checkReferences();
  if (isGood())
    checkSources();
  if (isGood())
    checkText();
  if (isGood())
    checkSound();
  if (isGood())
    checkCifar();
  if (isGood())
    checkImages();
  if (isGood())
    checkNames();
  if (isGood())
    checkAugmentations();
  if (isGood())
    checkPartition();
  if (isGood())
    addFeatures();
  else
    nameMistaken();
  return std::move(data);
}

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
