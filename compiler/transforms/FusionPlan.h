// Which ops of a block become one kernel. The rules stand at `nn-fuse` in Passes.td.
#ifndef NN_TRANSFORMS_FUSIONPLAN_H
#define NN_TRANSFORMS_FUSIONPLAN_H

#include "compiler/dialect/NnDialect.h"

namespace nn {

// Of the same value for any reader and cheap to make, so each group that reads it has its own.
bool isCopied(mlir::Operation *op);

class FusionPlan {
public:
  explicit FusionPlan(mlir::Block &block);

  // The groups in an order in which each comes after those it reads, the ops of each in text order. Ops
  // outside any group are groups of one.
  std::vector<std::vector<mlir::Operation *>> groupsInOrder() const;

private:
  struct Group {
    std::vector<mlir::Operation *> ops; // in text order
    mlir::Operation *root = nullptr;
    mlir::ArrayRef<int64_t> space; // the shape that ops may have that join
  };

  unsigned groupOf(mlir::Operation *op) const { return groupIndex[position.lookup(op)]; }
  void noteReads(mlir::Operation *op);
  void startGroup(mlir::Operation *op);
  void findContractionEpilogues();
  void claimPrologue(mlir::Operation *reduction);
  void joinOperands(mlir::Operation *op);
  bool canMerge(unsigned from, unsigned into) const;
  void merge(unsigned from, unsigned into);
  void makeNeighbours(unsigned from, unsigned into);
  bool isReadThroughOthers(unsigned first, unsigned last) const;
  using Neighbours = std::vector<std::vector<unsigned>>;
  void forEachNeighbour(unsigned group, const Neighbours &of, llvm::function_ref<void(unsigned)> visit) const;

  mlir::Block &block;
  llvm::DenseMap<mlir::Operation *, unsigned> position; // in text order
  std::vector<unsigned> groupIndex;                     // of the op at each position
  Neighbours reads, readers;                            // positions, for the op at each
  std::vector<Group> groups;                            // merged ones are left empty
  // An order of the groups in which each comes after those it reads, and the place of each group in it. It is
  // kept through all merges, so that what lies between two groups is all there is to search.
  std::vector<unsigned> sequence, place;
  // Of each group: the last search that came to it. Searches are many and long.
  mutable std::vector<unsigned> seen;
  mutable unsigned search = 0;
  llvm::DenseSet<mlir::Operation *> epilogues; // ops whose only place is behind a contraction
};

} // namespace nn
#endif
