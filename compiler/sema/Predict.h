// `predict`: the graph of what a user gets for one record, and the data set that tells how a record is read.
#ifndef NN_SEMA_PREDICT_H
#define NN_SEMA_PREDICT_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

void buildPredict(Evaluator &evaluator, std::vector<typed::Layer> &layers);

} // namespace nn::sema
#endif
