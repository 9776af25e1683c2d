// Gradients and updates of one `minimize`: the optimizer's body is expanded for each parameter.
#ifndef NN_SEMA_OPTIMIZE_H
#define NN_SEMA_OPTIMIZE_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Assigns the new values of parameters and optimizer states in the evaluator's graph. `names` keeps the
// states of several statements apart.
void optimize(Evaluator &evaluator, const ast::MinimizeStmt &stmt, typed::Value objective, Parent &names,
              bool isLast);

} // namespace nn::sema
#endif
