// `scatter_add`: the rows of x [n, width] are added one after the other to the table [k, width]. Threads
// share the columns, so that each element of the table has its sum in the order of the rows.
#include "compiler/lowering/Nest.h"

using namespace mlir;
using namespace nn;

namespace {

constexpr int64_t parallelElements = 1 << 16;

struct ScatterNest {
  Kernel &kernel;
  Buffer x, index, table;
  int64_t rows;  // of the table
  int64_t width; // of a row
  ImplicitLocOpBuilder &b = kernel.b;

  Extent columns() { return {width, {}}; }

  // How many rows x has.
  Value count() {
    Value total = kernel.index(1);
    for (const Extent &extent : index.shape)
      total = arith::MulIOp::create(b, total, kernel.lengthOf(extent));
    return total;
  }

  // Columns from `start` on of row `row`, an index.
  Coordinate place(Value row, const Linear &start) {
    Coordinate at(start, 1);
    at.base.add(Linear(row), width);
    return at;
  }

  // As one axis, addressed by offsets.
  static Buffer flat(const Buffer &buffer) {
    return {buffer.memory, {{buffer.elements(), {}}}, buffer.element};
  }

  void fillZero(Bounds range, bool whole) {
    auto type = VectorType::get({kernel.lanes}, table.element);
    Value zero = arith::ConstantOp::create(b, b.getZeroAttr(type));
    loop(kernel, {kernel.index(0), kernel.index(rows)}, 1, [&](Value row) {
      forVectors(kernel, range, columns(), whole, [&](Linear start, Value mask) {
        Evaluator(kernel, kernel.lanes, mask).store(zero, flat(table), place(row, start));
      });
    });
  }

  void addRow(Value from, Value to, Bounds range, bool whole) {
    forVectors(kernel, range, columns(), whole, [&](Linear start, Value mask) {
      Evaluator evaluator(kernel, kernel.lanes, mask);
      Value total = evaluator.load(flat(table), place(to, start));
      Value part = evaluator.load(flat(x), place(from, start));
      evaluator.store(arith::AddFOp::create(b, total, part), flat(table), place(to, start));
    });
  }

  void addRows(Bounds range, bool whole) {
    loop(kernel, {kernel.index(0), count()}, 1, [&](Value from) {
      Value number = Evaluator(kernel, 1).load(flat(index), Coordinate(Linear(from)));
      // Unsigned, so that a negative number is outside too.
      Value last = arith::ConstantOp::create(b, b.getI32IntegerAttr(static_cast<int32_t>(rows)));
      Value inside = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, number, last);
      auto guarded = scf::IfOp::create(b, inside, /*withElseRegion=*/false);
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPoint(guarded.thenBlock()->getTerminator());
      addRow(from, arith::IndexCastOp::create(b, b.getIndexType(), number), range, whole);
    });
  }

  void emit() {
    Chunks chunks = chunksOf(columns(), 4 * kernel.lanes);
    bool parallel = x.elements() >= parallelElements && chunks.count > 1;
    forChunks(kernel, columns(), chunks, parallel, [&](Bounds range, Value) {
      fillZero(range, !parallel);
      addRows(range, !parallel);
    });
  }
};

} // namespace

void nn::emitScatterAdd(Kernel &kernel, ScatterAddOp op, const Buffer &destination) {
  int64_t rows = typeOf(op).getDimSize(0);
  kernel.work.push_back({"scatter", 0, kernel.buffers.at(op.getX()).elements()});
  ScatterNest{kernel, kernel.buffers.at(op.getX()), kernel.buffers.at(op.getIndex()), destination,
              rows,   destination.elements() / rows}
      .emit();
}
