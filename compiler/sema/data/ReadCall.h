// `csv("titanic/train.csv", skip: 1)`, `missing(median)`, `zscore`: a call or a bare name of a `data` block
// against the form that it must have.
#ifndef NN_SEMA_DATA_READCALL_H
#define NN_SEMA_DATA_READCALL_H

#include "compiler/sema/Evaluator.h"
#include "compiler/sema/data/Forms.h"

namespace nn::sema {

// A field that a call names; whether there is one shows when all fields are read.
struct FieldReference {
  std::string name;
  Location where;
};

struct CallReader {
  Evaluator &evaluator;
  std::vector<FieldReference> references{};

  // Reports and returns nothing where the call is wrong. `what` names the kind of form in messages.
  std::optional<typed::Call> read(const ast::Expr &expr, const char *what, const Forms &forms,
                                  const std::vector<std::string> &later = {});
  std::optional<typed::Call> read(const ast::Expr &expr, const Form &form);

private:
  bool readArgument(const ast::Argument &argument, const Form &form, const Parameter *parameter,
                    typed::Call &into);
  bool readValue(const ast::Expr &expr, const Parameter &parameter, const Form &form,
                 typed::CallArgument &into);
  bool readPath(const ast::Expr &expr, typed::Call &into);
  bool readText(const ast::Expr &expr, const char *what, typed::CallArgument &into);
  bool readWord(const ast::Expr &expr, const Parameter &parameter, typed::CallArgument &into);
  bool readNumber(const ast::Expr &expr, const Parameter &parameter, const Form &form,
                  typed::CallArgument &into);
  bool readSpread(const ast::Expr &expr, typed::CallArgument &into);
  bool readField(const ast::Expr &expr, typed::CallArgument &into);
};

// The argument of that name, or null.
const typed::CallArgument *argumentOf(const typed::Call &call, const std::string &name);

} // namespace nn::sema
#endif
