// What is allowed but hardly meant, or cannot work, where values show it.
#ifndef NN_SEMA_JUDGE_H
#define NN_SEMA_JUDGE_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// Softmax over one element.
void judgeCall(Evaluator &evaluator, const DeclRef &function, const CallValues &arguments, Location where);
// A rate of 0 or below, a momentum of 1.
void judgeOptimizer(Evaluator &evaluator, const Instance &optimizer);

// The nodes that a gradient of `objective` comes to.
std::vector<bool> gradientFlow(const typed::Graph &graph, typed::Value objective);
// Whether a small change of any of the parameters changes the objective; reports what stands between.
bool judgeGradient(Evaluator &evaluator, typed::Value objective, const std::vector<typed::Value> &parameters,
                   Location where);
// Parameters of the training graph to which no objective's gradient comes; `reached` are paths.
void judgeReach(Evaluator &evaluator, const std::set<std::string> &reached);

// The records that a generated source makes, if it is known.
std::optional<int64_t> recordsOf(const std::optional<typed::Call> &source);
void judgeSource(Evaluator &evaluator, const typed::DataSet &data, const typed::Call &source, Location where);

} // namespace nn::sema
#endif
