// Declarations that no training and no prediction applies, as all of a library: their shapes are checked
// where their types alone say what they take.
#ifndef NN_SEMA_UNAPPLIED_H
#define NN_SEMA_UNAPPLIED_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Applies, for the sake of its errors, each network, layer, loss and metric of the main file that is not
// among `applied`, is built with its defaults, and takes tensors of known sizes. A name alone at the first
// axis of a network is the batch; elsewhere it is where it is `b` or `batch`.
void applyUnapplied(Evaluator &evaluator, const std::set<const ast::Decl *> &applied);

} // namespace nn::sema
#endif
