// A program as the lowering leaves it: one parameter, one field, a step that counts.
#ifndef NN_TEST_BACKEND_PROGRAM_H
#define NN_TEST_BACKEND_PROGRAM_H

namespace nn::test {

constexpr const char *smallProgram = R"(
module attributes {
  nn.program = {name = "small", source_directory = "/somewhere", precision = "f32", batch = 8 : i64,
    data = [{name = "points",
             train = {name = "xor", arguments = [{name = "", number = 400.0 : f64}, {name = "noise", number = 0.5 : f64}]},
             test = {name = "idx", arguments = [{name = "", text = "a.gz"}]},
             validation_share = 0.1 : f64,
             fields = [{name = "x", classes = 0 : i64, shape = array<i64: 2>,
                        steps = [{name = "zscore", arguments = []}]},
                       {name = "label", classes = 2 : i64, shape = array<i64>, steps = []}]}],
    hypers = [{name = "rate", doc = "how fast", type = "float", compiled = false, value = 1.0e-3 : f64,
               range = "log", low = 1.0e-5 : f64, high = 0.1 : f64, choices = array<f64>},
              {name = "width", doc = "", type = "int", compiled = true, value = 32.0 : f64,
               range = "list", low = 0.0 : f64, high = 0.0 : f64, choices = array<f64: 16.0, 32.0>}],
    trains = [{name = "classify", data = 0 : i64, batch = 8 : i64, epochs = 3 : i64, epochs_hyper = -1 : i64,
               batch_hyper = -1 : i64,
               measures = [{name = "accuracy", node = 1 : i64}],
               totals = [{kind = "max", name = "0"}],
               nodes = [{op = "total", operands = array<i64>, shape = array<i64: 3>, axes = array<i64>, strides = array<i64>,
                         number = 0.0 : f64},
                        {op = "reduce_sum", operands = array<i64: 0>, shape = array<i64>, axes = array<i64: 0>,
                         strides = array<i64>, number = 0.0 : f64}]}],
    predict = {data = 0 : i64},
    layers = [{path = "Net.Dense_1", shape = array<i64: -1, 2>, parameters = 6 : i64, macs = 4 : i64, bytes = 24 : i64}]},
  nn.arena = {bytes = 1024 : i64, persistent = 128 : i64, tensors = [
    {role = "parameter", name = "Net.W", entry = "", type = tensor<2x3xf32>, offset = 0 : i64, bytes = 24 : i64},
    {role = "state", name = "Net.mean", entry = "", type = tensor<3xf32>, offset = 64 : i64, bytes = 12 : i64},
    {role = "field", name = "points.x", entry = "", type = tensor<?x2xf32>, offset = 128 : i64, bytes = 64 : i64},
    {role = "step", name = "step", entry = "", type = tensor<i64>, offset = 192 : i64, bytes = 8 : i64},
    {role = "hyper", name = "rate", entry = "", type = tensor<f32>, offset = 256 : i64, bytes = 4 : i64},
    {role = "term", name = "loss", entry = "classify.step", type = tensor<f32>, offset = 320 : i64, bytes = 4 : i64},
    {role = "term", name = "loss", entry = "classify.eval", type = tensor<f32>, offset = 384 : i64, bytes = 4 : i64},
    {role = "total", name = "0", entry = "classify.eval", type = tensor<f32>, offset = 448 : i64, bytes = 4 : i64},
    {role = "output", name = "0", entry = "predict", type = tensor<?x2xf32>, offset = 512 : i64, bytes = 64 : i64}]},
  nn.checks = ["Net.Dense_1", "loss"]} {
  llvm.func @init(%arena: !llvm.ptr, %rows: i64, %checks: i32) {
    %one = llvm.mlir.constant(1.0 : f32) : f32
    llvm.store %one, %arena : f32, !llvm.ptr
    llvm.return
  }
  llvm.func @classify.step(%arena: !llvm.ptr, %rows: i64, %checks: i32) {
    %old = llvm.load %arena : !llvm.ptr -> f32
    %new = llvm.fadd %old, %old : f32
    llvm.store %new, %arena : f32, !llvm.ptr
    llvm.return
  }
  llvm.func @classify.eval(%arena: !llvm.ptr, %rows: i64, %checks: i32) { llvm.return }
  llvm.func @predict(%arena: !llvm.ptr, %rows: i64, %checks: i32) { llvm.return }
  llvm.func @unused(%x: i64) -> i64 { llvm.return %x : i64 }
}
)";

} // namespace nn::test
#endif
