// A graph being built with what belongs to it alone: the state it has assigned, the applications already
// made.
#ifndef NN_SEMA_GRAPHCONTEXT_H
#define NN_SEMA_GRAPHCONTEXT_H

#include "compiler/sema/GraphBuilder.h"
#include "compiler/sema/Value.h"
#include <set>

namespace nn::sema {

// The step that a value is the result of, for judging what a loss is given.
struct End {
  std::string step;    // `softmax`, `Dropout`; empty where it is only the result of a network
  std::string network; // the outermost whose result it is
  Location where;      // of the step
  bool isDropout = false;
};

struct GraphContext {
  GraphBuilder builder;
  bool training = false;
  bool isInit = false;
  std::string ids;               // the data set whose record numbers key random draws, or empty
  std::vector<std::string> data; // the data sets whose fields are arguments
  // The present value of each parameter, state and optimizer state, by path; an argument until it is
  // assigned.
  std::map<std::string, typed::Value> current;
  std::map<std::string, Value> applied; // result by instance and operands
  std::vector<typed::Layer> layers;
  std::map<std::pair<uint32_t, uint32_t>, End> ends;      // by node and result
  std::map<std::pair<uint32_t, uint32_t>, Location> made; // where a layer, a network or a field made it
  std::set<std::string> reached;                          // parameters to which an objective's gradient comes
  std::set<std::string> tabled;                           // networks whose layers are in there
};

} // namespace nn::sema
#endif
