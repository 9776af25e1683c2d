// The rows of `summary`: leaf layers, in the order of application.
#ifndef NN_SEMA_LAYERTABLE_H
#define NN_SEMA_LAYERTABLE_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Adds the row of the layer just applied, whose nodes begin at `firstNode`; a layer made of layers has none
// of its own unless it has parameters.
void addLayerRow(Evaluator &evaluator, const Instance &instance, const Parent &parent, const Value &result,
                 size_t firstNode);

// Multiply-adds of one row in the nodes of `path` from `firstNode` on.
int64_t macsOf(const typed::Graph &graph, size_t firstNode, const std::string &path);

} // namespace nn::sema
#endif
