// What compiled code is compared with the reference interpreter on: every differentiable op with its
// gradients on odd shapes, and shapes that reach each schedule: whole tiles, tails, one row, one column,
// several chunks.
#ifndef NN_TEST_LOWERING_COMPILEDCASES_H
#define NN_TEST_LOWERING_COMPILEDCASES_H

#include <cstdint>
#include <string>
#include <vector>

namespace nn::test {

// `body` computes %y of type `result` from `arguments`, in f64, which may stand for f32 as well.
struct CompiledCase {
  std::string name, arguments, body, result;
  bool differentiable = true;
  int64_t rows = 3, batch = 5;
  double low = -2, high = 2;
};

std::vector<CompiledCase> compiledCases();

} // namespace nn::test
#endif
