// The kernels that are timed alone, as entries of the nn dialect with one op.
#ifndef NN_BENCH_KERNELS_CASES_H
#define NN_BENCH_KERNELS_CASES_H

#include <cstdint>
#include <string>
#include <vector>

namespace nnbench {

struct KernelCase {
  std::string group, name; // of the JSON object: conv, 16-32x32-forward
  std::string module;      // text; the entry is `predict`
  int64_t rows;
  double flops; // two for each multiply-add; taps that fall into the padding count
};

// Those of the groups "gemm", "conv" and "conv_other" that are asked for.
std::vector<KernelCase> kernelCases(const std::vector<std::string> &groups);

} // namespace nnbench
#endif
