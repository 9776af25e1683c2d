// Random numbers by Philox 4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2,
// 3", SC 2011.
#include "compiler/reference/Ops.h"
#include <array>
#include <cmath>

using namespace mlir;

namespace nn {
namespace {

using Words = std::array<uint32_t, 4>;

Words philox(Words counter, uint32_t key0, uint32_t key1) {
  for (int round = 0; round < 10; ++round) {
    uint64_t product0 = uint64_t(0xD2511F53) * counter[0], product1 = uint64_t(0xCD9E8D57) * counter[2];
    counter = {uint32_t(product1 >> 32) ^ counter[1] ^ key0, uint32_t(product1),
               uint32_t(product0 >> 32) ^ counter[3] ^ key1, uint32_t(product0)};
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
  return counter;
}

double uniform(const Words &w) { return (w[0] >> 8) * 0x1p-24; }

// Box and Muller, with u1 in (0, 1].
double normal(const Words &w) {
  constexpr double pi = 3.14159265358979323846;
  double u1 = ((w[0] >> 8) + 1) * 0x1p-24, u2 = (w[1] >> 8) * 0x1p-24;
  return std::sqrt(-2 * std::log(u1)) * std::cos(2 * pi * u2);
}

} // namespace

std::optional<Results> evaluateRandom(Operation *op, Operands operands) {
  auto random = dyn_cast<RandomOp>(op);
  if (!random)
    return std::nullopt;
  auto seed = static_cast<uint64_t>(operands[0]->integers[0]);
  auto step = static_cast<uint32_t>(operands[1]->integers[0]);
  const Tensor *ids = random.getIds() ? operands[2] : nullptr;
  int64_t rows = ids ? ids->size() : random.getRows() ? operands[2]->integers[0] : 0;
  Tensor y = Tensor::real(shapeWith(random.getType(), rows));
  int64_t rowSize = ids && rows > 0 ? y.size() / rows : y.size();
  bool isNormal = random.getDistribution() == "normal";
  for (int64_t i = 0; i < y.size(); ++i) {
    uint32_t row = ids ? static_cast<uint32_t>(ids->integers[i / rowSize]) : 0;
    Words words =
        philox({static_cast<uint32_t>(i % rowSize), row, step, static_cast<uint32_t>(random.getPurpose())},
               static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32));
    y.reals[i] = isNormal ? normal(words) : uniform(words);
  }
  return Results{std::move(y)};
}

} // namespace nn
