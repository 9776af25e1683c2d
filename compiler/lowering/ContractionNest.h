// Multiply-add generics: matrix products, convolutions and their gradients. A tile of results (some rows of
// the outer dimensions times a few vectors of the last) stays in registers over the whole reduction; one
// operand is a vector along the last dimension, the other the same in all lanes. Where the result has too few
// columns for that, both operands are vectors along the reduction. Elementwise consumers are computed on the
// tile.
#ifndef NN_LOWERING_CONTRACTIONNEST_H
#define NN_LOWERING_CONTRACTIONNEST_H

#include "compiler/lowering/Nest.h"

namespace nn {

struct ContractionNest {
  Kernel &kernel;
  mlir::linalg::GenericOp op;
  llvm::SmallVector<Extent> extents = {};    // of each dimension
  llvm::SmallVector<unsigned> parallel = {}; // without the vector dimension
  llvm::SmallVector<unsigned> reduced = {};
  unsigned vectorDim = 0;
  bool hasVector = true;                // all dimensions of the result have length 1 else
  llvm::SmallVector<int64_t> tile = {}; // of each dimension
  int64_t vectors = 1;                  // of a tile
  bool accumulates = false;             // the outermost reduction runs outside the tiles, through memory
  bool vectorOutside = false;
  bool packs = false;   // the vector operand goes through a panel
  bool blocked = false; // the panel has a part of the reduction; the tiles add to memory
  bool isReady = false; // the panels of the whole operand are in memory when the kernel is called
  bool isDots = false;  // lanes lie along the innermost reduction, which is the vector dimension
  // Rows of a tile read the same elements, or vectors, a few steps of the reduction apart.
  bool isOverlapping = false, areVectorsOverlapping = false;
  int64_t parts = 1; // of a sum: whatever the tile, so that a row has the same bits in each

  std::optional<Buffer> result = {};
  Linear resultStart = {}; // in a flat result
  llvm::SmallVector<int64_t> resultForm = {};
  llvm::ArrayRef<mlir::Value> epilogue = {};
  llvm::ArrayRef<Buffer> destinations = {};

  llvm::SmallVector<Coordinate> place = {};
  llvm::SmallVector<int64_t> count = {}; // of each dimension in the current tile
  llvm::SmallVector<Bounds> ranges = {}; // of each dimension

  // Where the rows behind whole tiles begin, and how many there are.
  std::optional<std::pair<mlir::Value, mlir::Value>> behind = {};

  std::optional<Buffer> panel = {}; // of all chunks
  Linear panelStart = {};           // of the present chunk

  mlir::ImplicitLocOpBuilder &b() { return kernel.b; }
  mlir::Type element() { return typeOf(op.getResult(0)).getElementType(); }
  int64_t lanes() { return hasVector ? kernel.lanes : 1; }
  int64_t vectorCount = 1; // of the current tile

  // ContractionPlan.cpp
  static ContractionNest planned(Kernel &kernel, mlir::linalg::GenericOp op);
  void readExtents();
  void classify();
  void joinReductions();
  int64_t vectorsTotal();
  int64_t fit(const Extent &extent, int64_t most);
  int64_t writtenOutSteps();
  void findOverlap();
  int64_t chooseRows();
  void chooseTile();
  void chooseOrder();
  bool isMoving(unsigned operand);
  bool isBatchReduction();
  bool isShared();
  std::optional<unsigned> sharedDim();
  Chunks sharedChunks(unsigned d);
  int64_t chunkVectors();
  Work work();

  // ContractionTile.cpp
  struct Element {
    llvm::SmallVector<Coordinate> at;
    int64_t vector;   // of the tile's
    mlir::Value mask; // of its lanes, null if all count
  };
  llvm::SmallVector<Element> elements(mlir::Value mask); // row by row
  llvm::SmallVector<llvm::SmallVector<Coordinate>> rowPlaces();
  void forTile(mlir::Value mask, llvm::function_ref<void(llvm::ArrayRef<Coordinate>, mlir::Value)> visit);
  Coordinate resultOffset(llvm::ArrayRef<Coordinate> at);
  llvm::SmallVector<mlir::Value> start(mlir::Value mask);
  llvm::SmallVector<mlir::Value> multiplyAdd(mlir::ValueRange totals, mlir::Value mask);
  llvm::SmallVector<mlir::Value> reduce(llvm::ArrayRef<unsigned> dims, mlir::ValueRange totals,
                                        mlir::Value mask);
  void store(mlir::Value total, llvm::ArrayRef<Coordinate> at, int64_t width, mlir::Value mask);
  void emitTile(mlir::Value mask);

  // ContractionParts.cpp
  void chooseParts();
  mlir::Value zero();
  void limitUnrolling(mlir::scf::ForOp loop, int64_t steps);
  // Of a tile, at one place of the innermost reduction.
  using Step = llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ValueRange)>;
  llvm::SmallVector<mlir::Value> sumInParts(Bounds range, int64_t step, mlir::ValueRange totals, Step body);
  llvm::SmallVector<mlir::Value> partsBeside(mlir::Value end, int64_t size, int64_t step,
                                             mlir::ValueRange totals, Step body);

  // ContractionDots.cpp
  bool isWorthDots();
  void planDots();
  llvm::SmallVector<mlir::Value> dotStep(mlir::ValueRange totals, mlir::Value mask);
  llvm::SmallVector<mlir::Value> dots(llvm::ArrayRef<unsigned> dims, mlir::ValueRange totals);
  void storeDots(mlir::Value total, llvm::ArrayRef<Coordinate> at, int64_t width, mlir::Value mask);
  void emitDots();

  // ContractionPanel.cpp
  int64_t panelSteps();
  std::optional<Buffer> readyPanels();
  Coordinate inPanel(int64_t vector);
  void pack(mlir::Value mask);
  void zeroTile(mlir::Value mask);
  void packedTiles();

  // ContractionNest.cpp
  void walkVectors(llvm::function_ref<void(mlir::Value)> inside);
  void walkRows(llvm::ArrayRef<unsigned> dims, llvm::function_ref<void()> inside);
  std::optional<unsigned> raggedDim();
  void tiles();
  void fullTiles();
  void walkPanelRows(llvm::function_ref<void()> inside);
  void fewRows(unsigned d, mlir::Value from, mlir::Value rest);
  void reset();
  void emit();

  // ContractionSums.cpp
  void fillZero(const Buffer &buffer, const Linear &from, int64_t size);
  void accumulateChunk(Bounds rows, int64_t size);
  void emitAccumulating();
};

// The operand of a product that would go through panels of its own at every call, if it is an argument of the
// kernel: large enough, and read by rows of the batch.
std::optional<unsigned> operandWorthPanels(mlir::linalg::GenericOp op);

} // namespace nn
#endif
