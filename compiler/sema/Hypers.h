// `hyper` declarations: default, `--set`, range, and what a use of one is: a number when it changes the
// program, else an argument of the graph.
#ifndef NN_SEMA_HYPERS_H
#define NN_SEMA_HYPERS_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Fills `program.result.hypers` from all files.
void declareHypers(Evaluator &evaluator);
Value hyperValue(Evaluator &evaluator, uint32_t index);
// The hyperparameter an expression names, without counting as a use, or -1.
int32_t hyperNamed(Evaluator &evaluator, const ast::Expr &expr);

} // namespace nn::sema
#endif
