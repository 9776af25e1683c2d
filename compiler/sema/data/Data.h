// `data` blocks: sources, fields with their preprocessing, how the records are parted.
#ifndef NN_SEMA_DATA_DATA_H
#define NN_SEMA_DATA_DATA_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Fills `program.result.data` from all files.
void declareData(Evaluator &evaluator);
// The tensor of a field in the graph being built.
Value fieldValue(Evaluator &evaluator, const typed::DataSet &data, const typed::Field &field);

// Of a training whose loss takes a class where records are mixed. `step` is its graph.
void judgeMixing(Evaluator &evaluator, const typed::DataSet &data, const typed::Graph &step, Location where);

} // namespace nn::sema
#endif
