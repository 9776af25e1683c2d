// Where the records come from, and which part of a set each belongs to.
#include "compiler/basic/Suggestion.h"
#include "compiler/sema/Judge.h"
#include "compiler/sema/data/DataReader.h"

namespace nn::sema {

using typed::Call;
using typed::CallArgument;
using typed::Element;
using typed::Field;

std::vector<std::pair<const char *, const std::optional<Call> *>> DataReader::parts() const {
  return {{"train", &data.train}, {"test", &data.test}, {"validation", &data.validation}};
}

std::optional<Call> DataReader::source(const ast::Expr &expr) {
  return calls.read(expr, "source", sourceForms(), laterSources());
}

// A source of its own, or a share of train.
void DataReader::heldOut(const ast::AssignStmt &stmt, std::optional<Call> &into, double &part) {
  auto *share = llvm::dyn_cast<ast::ShareExpr>(stmt.value.get());
  if (!share) {
    into = source(*stmt.value);
    return;
  }
  if (share->of.text != "train")
    evaluator.unknownName("part", share->of.text, share->of.where, {"train"});
  if (share->quantity->unit != "%" || share->quantity->value <= 0 || share->quantity->value >= 100)
    evaluator.error(DiagnosticKind::BadShare, share->quantity->where,
                    {"`" + share->quantity->text + "`", "a share between 0% and 100%"});
  part = share->quantity->value / 100;
}

void DataReader::duplicates(const ast::AssignStmt &stmt) {
  auto *word = llvm::dyn_cast<ast::NameExpr>(stmt.value.get());
  if (word && (word->name == "drop" || word->name == "keep"))
    data.dropsDuplicates = word->name == "drop";
  else
    evaluator.unknownName("word", word ? word->name : evaluator.text(stmt.value->where), stmt.value->where,
                          {"drop", "keep"});
}

void DataReader::balance(const ast::AssignStmt &stmt) {
  auto *word = llvm::dyn_cast<ast::NameExpr>(stmt.value.get());
  auto index = word ? fieldNamed(word->name) : std::nullopt;
  if (index && data.fields[*index].type.element == Element::Label && data.fields[*index].type.shape.empty())
    data.balance = *index;
  else
    evaluator.error(DiagnosticKind::NotASource, stmt.value->where,
                    {"`" + evaluator.text(stmt.value->where) + "`", "a field of classes"});
}

void DataReader::setting(const ast::AssignStmt &stmt) {
  static const std::vector<std::string> known{"train",  "test",       "validation",
                                              "source", "duplicates", "balance"};
  const std::string &name = stmt.target.text;
  once(stmt.target);
  if (name == "train" || name == "source")
    data.train = source(*stmt.value);
  else if (name == "test")
    heldOut(stmt, data.test, data.testShare);
  else if (name == "validation")
    heldOut(stmt, data.validation, data.validationShare);
  else if (name == "duplicates")
    duplicates(stmt);
  else if (name != "balance") // which is read when the fields are known
    evaluator.error(DiagnosticKind::UnknownSetting, stmt.target.where, {"data", name})
        .suggest(closest(name, known));
}

// `partition(…)`, `windows(…)`.
void DataReader::partStatement(const ast::Expr &expr) {
  auto *call = llvm::dyn_cast<ast::CallExpr>(&expr);
  auto *name = call ? llvm::dyn_cast<ast::NameExpr>(call->callee.get()) : nullptr;
  if (!name || (name->name != "partition" && name->name != "windows")) {
    evaluator.error(DiagnosticKind::MisplacedInData, expr.where, {"data", "settings and fields"});
    return;
  }
  if (!once({name->name, expr.where}))
    return;
  if (name->name == "partition")
    data.partition = calls.read(expr, partitionForm());
  else
    data.windows = calls.read(expr, windowsForm());
}

// Files of `idx` are one for each field; a table has columns.
void DataReader::checkSources() {
  if (!seen.count("train") && !seen.count("source"))
    evaluator.error(DiagnosticKind::DataWithoutTrain, decl.name.where, {"data", decl.name.text, "train"});
  if (data.fields.empty())
    evaluator.error(DiagnosticKind::DataWithoutField, decl.name.where, {"data", decl.name.text, "field"});
  for (const ast::StmtPtr &stmt : decl.body.statements)
    if (auto *assign = llvm::dyn_cast<ast::AssignStmt>(stmt.get());
        assign && assign->target.text == "balance")
      balance(*assign);
  if (data.windows && data.dropsDuplicates)
    evaluator.error(DiagnosticKind::GapInSeries, seen.at("duplicates"),
                    {"`duplicates = drop`", "`duplicates = keep`"});
  for (const auto &[part, source] : parts()) {
    if (!*source)
      continue;
    Location where = seen.count(part) ? seen.at(part) : seen.at("source");
    bool takesColumns = (*source)->name == "csv";
    if (takesColumns != isTable())
      evaluator.error(DiagnosticKind::NotASource, where,
                      {"`" + (*source)->name + "` with " + (isTable() ? "`column`" : "`field`"),
                       takesColumns ? "`column` and `target`" : "`field`"});
    else if (((*source)->name == "idx" || (*source)->name == "npy") &&
             (*source)->arguments.size() != data.fields.size())
      evaluator
          .error(DiagnosticKind::FilesPerField, where,
                 {"idx", std::to_string((*source)->arguments.size()), std::to_string(data.fields.size())})
          .note("`idx` takes one file for each field, in text order");
    else
      judgeSource(evaluator, data, **source, where);
  }
}

} // namespace nn::sema
