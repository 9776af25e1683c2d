// Writes the code that computes elements of a kernel's tensors at a place of the loop nest: elementwise ops
// are computed where they are read, buffers are loaded as scalars, contiguous vectors or gathers, by how the
// address moves with the lane.
#ifndef NN_LOWERING_EVALUATOR_H
#define NN_LOWERING_EVALUATOR_H

#include "compiler/lowering/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include <map>

namespace nn {

// constant + sum of coefficient * value
struct Linear {
  llvm::SmallVector<std::pair<mlir::Value, int64_t>, 4> terms;
  int64_t constant = 0;

  Linear() = default;
  Linear(int64_t value) : constant(value) {}
  Linear(mlir::Value value) : terms({{value, 1}}) {}
  Linear &add(const Linear &other, int64_t factor = 1);
};

// An index along one axis: base + lane / repeat * step, or one value a lane.
struct Coordinate {
  Linear base;
  int64_t step = 0, repeat = 1; // a repeat divides the number of lanes
  mlir::Value lanes;

  Coordinate() = default;
  Coordinate(Linear base, int64_t step = 0) : base(std::move(base)), step(step) {}
  bool isUniform() const { return step == 0 && !lanes; }
};

// The length of an axis; `capacity` is its greatest value, `dynamic` its value where it depends on the row
// count.
struct Extent {
  int64_t capacity = 1;
  mlir::Value dynamic;
};

// A tensor in memory: row-major in a flat buffer, or with the given strides from a place in it.
struct Buffer {
  mlir::Value memory;
  llvm::SmallVector<Extent> shape;
  mlir::Type element; // of the tensor; masks are bytes in memory
  llvm::SmallVector<int64_t> strides = {};
  Linear start = {};
  int64_t elements() const;
};

// What a nest does at full batch, for the report.
struct Work {
  std::string schedule; // in words
  int64_t macs = 0, operations = 0;
};

// A kernel on its way from tensors to buffers, for any number of rows up to `batch`.
class Kernel {
public:
  Kernel(mlir::func::FuncOp source, mlir::func::FuncOp target, int64_t batch, unsigned vectorBits,
         unsigned vectorRegisters);

  mlir::ImplicitLocOpBuilder b;
  mlir::func::FuncOp source, target;
  llvm::DenseMap<mlir::Value, Buffer> buffers; // tensors in memory
  mlir::IRMapping scalars;                     // scalars outside generics
  llvm::SmallVector<Work> work;                // by nest
  int64_t lanes;                               // of a vector of the program's floats
  unsigned registers;

  llvm::SmallVector<Extent> shapeOf(mlir::Value tensor);
  Extent dynamicExtentOf(mlir::Value tensor); // of the axis whose type has no length
  // Memory of the caller's for the length of the call.
  mlir::Value scratch(int64_t elements, mlir::Type type);
  Buffer &place(mlir::Value tensor, mlir::Value memory);
  mlir::Value index(int64_t value) { return mlir::arith::ConstantIndexOp::create(b, value); }
  mlir::Value lengthOf(const Extent &extent) {
    return extent.dynamic ? extent.dynamic : index(extent.capacity);
  }
  // The part of its memory that an argument or result with the attribute `nn.view` is.
  void lookAt(Buffer &buffer, mlir::Attribute view);
  mlir::Value rankZero(mlir::Value tensor); // the value of a scalar argument, loaded once
  bool isForOneRow() const { return batch == 1; }
  bool isArgument(mlir::Value tensor) const { return llvm::isa<mlir::BlockArgument>(tensor); }

private:
  int64_t batch;
  llvm::DenseMap<mlir::Value, mlir::Value> rankZeros;
  int64_t rowsOf(mlir::Value argument);
};

mlir::Type memoryElement(mlir::Type element);
mlir::MemRefType flatType(int64_t elements, mlir::Type element);

// Computes at one place of the nest: valid in the block where it was made.
class Evaluator {
public:
  Evaluator(Kernel &kernel, int64_t width, mlir::Value mask = {})
      : kernel(kernel), b(kernel.b), width(width), mask(mask) {}

  // The element of each lane; a scalar where all lanes have the same.
  mlir::Value evaluate(mlir::Value tensor, llvm::ArrayRef<Coordinate> at);
  // What a reducing generic contributes at a place of its iteration space: the operand of its combiner.
  mlir::Value contribution(mlir::linalg::GenericOp op, llvm::ArrayRef<Coordinate> dims);
  mlir::Value input(mlir::linalg::GenericOp op, unsigned place, llvm::ArrayRef<Coordinate> dims);
  void provide(mlir::Value tensor, mlir::Value value) { provided[tensor] = value; }
  mlir::Value load(const Buffer &buffer, llvm::ArrayRef<Coordinate> at);
  void store(mlir::Value value, const Buffer &buffer, llvm::ArrayRef<Coordinate> at);
  mlir::Value asVector(mlir::Value value);
  mlir::Value materialize(const Linear &form);

private:
  Kernel &kernel;
  mlir::ImplicitLocOpBuilder &b;
  int64_t width;
  mlir::Value mask;
  llvm::DenseMap<mlir::Value, mlir::Value> provided, spread;
  std::map<std::vector<int64_t>, llvm::SmallVector<mlir::Value, 2>> known;

  using Slots = llvm::DenseMap<mlir::Value, mlir::Value>;
  using Places = llvm::DenseMap<mlir::Value, Coordinate>;
  struct Body {
    Body(mlir::linalg::GenericOp op, llvm::ArrayRef<Coordinate> dims) : op(op), dims(dims) {}
    mlir::linalg::GenericOp op;
    llvm::ArrayRef<Coordinate> dims;
    Slots values;
    Places places;
  };
  mlir::Value valueOf(Body &body, mlir::Value scalar);
  Coordinate numberAsPlace(mlir::Value number);
  Coordinate placeOf(Body &body, mlir::Value index);
  Coordinate indexArithmetic(Body &body, mlir::Operation *op);
  mlir::Value cloneElementwise(Body &body, mlir::Operation *op);
  mlir::Value lanesOf(const Coordinate &place);
  Coordinate apply(mlir::AffineExpr expr, llvm::ArrayRef<Coordinate> dims);
  Coordinate offsetInView(const Buffer &buffer, llvm::ArrayRef<Coordinate> at);
  Coordinate offsetOf(const Buffer &buffer, llvm::ArrayRef<Coordinate> at);
  mlir::Value loadAt(const Buffer &buffer, const Coordinate &offset);
  mlir::Value loadEverySecond(const Buffer &buffer, const Coordinate &offset);
  mlir::Value loadRepeated(const Buffer &buffer, const Coordinate &offset);
  std::optional<Coordinate> quotient(const Coordinate &place, const Coordinate &divisor);
  mlir::Value zeros(mlir::VectorType type);
  mlir::Value fullMask();
};

} // namespace nn
#endif
