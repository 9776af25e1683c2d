// Gradients and updates of one `minimize`: the optimizer's body is expanded for each parameter.
#ifndef NN_SEMA_OPTIMIZE_H
#define NN_SEMA_OPTIMIZE_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Assigns the new values of parameters and optimizer states in the evaluator's graph.
void optimize(Evaluator &evaluator, const ast::MinimizeStmt &stmt, typed::Value objective);

} // namespace nn::sema
#endif
