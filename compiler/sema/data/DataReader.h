// Reads one `data` block. Its methods are spread by subject: Data.cpp has the statements, Columns.cpp the
// fields, Sources.cpp the sources and how records are parted.
#ifndef NN_SEMA_DATA_DATAREADER_H
#define NN_SEMA_DATA_DATAREADER_H

#include "compiler/sema/data/ReadCall.h"

namespace nn::sema {

class DataReader {
public:
  DataReader(Evaluator &evaluator, const ast::DataDecl &decl)
      : evaluator(evaluator), decl(decl), calls{evaluator} {}

  typed::DataSet read();

private:
  // Data.cpp
  void statement(const ast::Stmt &stmt);
  bool once(const ast::Name &name);
  void checkReferences();
  void nameMistaken();
  std::optional<uint32_t> fieldNamed(const std::string &name) const;

  // Sources.cpp
  void setting(const ast::AssignStmt &stmt);
  void partStatement(const ast::Expr &expr);
  std::optional<typed::Call> source(const ast::Expr &expr);
  void heldOut(const ast::AssignStmt &stmt, std::optional<typed::Call> &source, double &part);
  void duplicates(const ast::AssignStmt &stmt);
  void balance(const ast::AssignStmt &stmt);
  void checkSources();
  void checkPartition();
  void checkNeighbours(Location where);
  std::vector<std::pair<const char *, const std::optional<typed::Call> *>> parts() const;

  void checkText(); // Texts.cpp
  // Partition.cpp
  void checkShares(Location where);
  void checkDivision(Location where);
  void checkDividingField(const char *argument, Location where, const char *expected,
                          llvm::function_ref<bool(const typed::Field &)> isGood);
  void checkNames(); // Names.cpp
  void checkCifar(); // Cifar.cpp

  // Steps.cpp
  bool readSteps(const ast::ColumnStmt &stmt, unsigned subject, typed::Field &field);
  std::optional<std::pair<std::string, std::string>>
  mistakeIn(const typed::Call &step, const std::string &text, unsigned subject) const;

  // Audio.cpp
  void checkSound();
  bool checkRecordings(const typed::Call &source, const typed::Call *first, Location where);
  void checkWaveform(typed::Field &field, double rate, int64_t samples);
  void checkSoundAugmentations(bool hasWav);

  // Images.cpp
  void checkImages();
  void checkAugmentations();

  // Columns.cpp
  void field(const ast::ColumnStmt &stmt);
  void plainField(const ast::ColumnStmt &stmt, typed::Field &field);
  void column(const ast::ColumnStmt &stmt, typed::Field &field);
  void augment(const ast::AugmentStmt &stmt);
  bool checkColumnAugmentation(const typed::Field &field, const typed::Call &step, Location where);
  bool readCellType(const ast::TypeExpr &type, typed::Field &field);
  bool readCategories(const ast::TypeExpr &type, typed::Field &field);
  void placeInRecord(typed::Field &field) const;
  void addFeatures();
  bool isTable() const;

  Evaluator &evaluator;
  const ast::DataDecl &decl;
  CallReader calls;
  typed::DataSet data;
  std::map<std::string, Location> seen;
};

} // namespace nn::sema
#endif
