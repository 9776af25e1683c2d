// The rows of `summary`: layers, in the order in which they end.
#ifndef NN_SEMA_LAYERTABLE_H
#define NN_SEMA_LAYERTABLE_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Adds the row of the layer or network just applied, whose nodes begin at `firstNode`. One that is `made` of
// layers has a row for what is its own, parameters or multiply-adds, if there is any.
void addLayerRow(Evaluator &evaluator, const Instance &instance, bool made, const Value &result,
                 size_t firstNode);

// Multiply-adds of one row in the nodes of `path` from `firstNode` on.
int64_t macsOf(const typed::Graph &graph, size_t firstNode, const std::string &path);

// Appends the rows of `more` whose paths are not among `layers`.
void joinLayers(std::vector<typed::Layer> &layers, const std::vector<typed::Layer> &more);

} // namespace nn::sema
#endif
