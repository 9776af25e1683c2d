// What one analysis shares: files, hyperparameters, the parameters found so far, and the typed program it
// fills.
#ifndef NN_SEMA_PROGRAM_H
#define NN_SEMA_PROGRAM_H

#include "compiler/sema/Analyze.h"
#include "compiler/sema/GraphContext.h"
#include "compiler/sema/Reporter.h"
#include "compiler/sema/SourceModule.h"
#include <set>

namespace nn::sema {

// What becomes known only by analysing: which hyperparameters are needed when compiling, and which weights a
// network has. The analysis is repeated until what it assumed is what it found.
struct Knowledge {
  std::set<std::string> compiledHypers;
  std::map<std::string, std::vector<std::pair<std::string, Shape>>> weights; // by network asked for, in order

  bool operator==(const Knowledge &other) const {
    return compiledHypers == other.compiledHypers && weights == other.weights;
  }
};

// A parameter, a state or an optimizer state: a tensor that outlives a step.
struct Slot {
  std::string role, path, network;
  Shape shape;
  Location where;
  Location use{};     // where it is shown to the user
  Location applied{}; // the outermost call on the way to its first application
};

struct Program {
  SourceManager &sources;
  Reporter &reporter;
  const AnalyzeOptions &options;
  const SourceModule &main;
  const std::vector<const SourceModule *> &modules;
  const Knowledge &assumed;
  Knowledge found{};
  std::map<std::string, Location> weightPlaces{}; // where the weights of each are asked for

  typed::Program result{};
  std::map<const ast::Decl *, uint32_t> hypers{}, data{}; // index in `result`
  std::map<std::string, Location> fieldPlaces{};          // by `digits.image`
  std::set<const ast::Decl *> usedHypers{};
  std::set<const ast::Decl *> applied{};                // whose bodies have been evaluated
  std::map<std::string, const ast::Decl *> networks{};  // applied ones, by path
  std::map<std::string, std::set<std::string>> inner{}; // networks applied in a network
  GraphContext init{};
  std::vector<Slot> slots{}; // in the order they were found
  std::map<std::string, uint32_t> slotByPath{};

  const Slot *findSlot(const std::string &path) const {
    auto entry = slotByPath.find(path);
    return entry == slotByPath.end() ? nullptr : &slots[entry->second];
  }
  // `network` itself and what it applies.
  std::set<std::string> closure(const std::string &network) const;
  // The parameters of a network and of those it applies, or of the layer at `path`, in the order of the
  // program.
  std::vector<const Slot *> parametersOf(const std::string &path) const;
  // Tells that nothing is at `path`, and what is near.
  void reportNoPart(const std::string &path, Location where) const;
};

} // namespace nn::sema
#endif
