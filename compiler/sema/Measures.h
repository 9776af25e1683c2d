// Measures are functions of a whole split, which `eval` sees a batch at a time. Here each is cut at its sums
// over the records: what comes before becomes totals, results of the graph; what follows becomes a few nodes
// that the runtime computes once, in double.
#ifndef NN_SEMA_MEASURES_H
#define NN_SEMA_MEASURES_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

class MeasureCutter {
public:
  // The totals become results of the evaluator's graph.
  MeasureCutter(Evaluator &evaluator, typed::Train &train) : evaluator(evaluator), train(train) {}
  // False after an error.
  bool add(const std::string &name, typed::Value value, Location where);

private:
  GraphBuilder &builder() { return evaluator.builder(); }
  const typed::Node &nodeOf(typed::Value value) { return builder().graph.nodes[value.node]; }

  struct Traits {
    bool records = false;   // depends on the records of the call
    bool sums = false;      // depends on a sum over them
    bool arguments = false; // depends on anything but constants
    bool isCut = false;     // is such a sum itself
    bool isCount = false;   // small whole numbers, whose sums over a batch are exact
  };
  const Traits &traitsOf(typed::Value value);
  Traits derive(const typed::Node &node);

  std::optional<int64_t> node(typed::Value value);
  std::optional<int64_t> cut(typed::Value value);
  std::optional<int64_t> cutReduce(typed::Value value);
  std::optional<int64_t> follow(typed::Value value);
  typed::Value recordsFirst(typed::Value x, int64_t batchAxis);
  int64_t total(typed::TotalKind kind, typed::Value kept, typed::Value value);
  int64_t push(typed::MeasureNode node, typed::Value value);
  std::optional<int64_t> refuse(typed::Value value, const std::string &what);

  Evaluator &evaluator;
  typed::Train &train;
  Location where; // of the measure
  std::map<uint32_t, Traits> traits;
  std::map<std::pair<uint32_t, uint32_t>, int64_t> nodes;    // by value
  std::map<std::pair<uint32_t, uint32_t>, std::string> kept; // names of totals by value
};

// What needs all records of a split has no place in a graph that sees a batch.
void refuseWholeSplit(Evaluator &evaluator, const typed::Graph &graph);

} // namespace nn::sema
#endif
