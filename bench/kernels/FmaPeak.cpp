// Each chain waits for itself, about four cycles a link; two units need eight chains, and a few more hide
// what else the loop does. Values go to 2, so that none becomes subnormal or infinite.
#include "bench/kernels/FmaPeak.h"

#include <immintrin.h>

namespace nnbench {

namespace {

constexpr int64_t links = 40000;
volatile float sink;

__attribute__((target("avx2,fma"))) double multiplyAdds256() {
  constexpr int chains = 12;
  __m256 half = _mm256_set1_ps(0.5f), one = _mm256_set1_ps(1.0f), value[chains];
#pragma GCC unroll 12
  for (int i = 0; i < chains; ++i)
    value[i] = _mm256_set1_ps(float(i));
  for (int64_t link = 0; link < links; ++link)
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i)
      value[i] = _mm256_fmadd_ps(value[i], half, one);
  __m256 sum = value[0];
#pragma GCC unroll 12
  for (int i = 1; i < chains; ++i)
    sum = _mm256_add_ps(sum, value[i]);
  sink = _mm256_cvtss_f32(sum);
  return 2.0 * 8 * chains * links;
}

__attribute__((target("avx512f"))) double multiplyAdds512() {
  constexpr int chains = 24;
  __m512 half = _mm512_set1_ps(0.5f), one = _mm512_set1_ps(1.0f), value[chains];
#pragma GCC unroll 24
  for (int i = 0; i < chains; ++i)
    value[i] = _mm512_set1_ps(float(i));
  for (int64_t link = 0; link < links; ++link)
#pragma GCC unroll 24
    for (int i = 0; i < chains; ++i)
      value[i] = _mm512_fmadd_ps(value[i], half, one);
  __m512 sum = value[0];
#pragma GCC unroll 24
  for (int i = 1; i < chains; ++i)
    sum = _mm512_add_ps(sum, value[i]);
  sink = _mm512_cvtss_f32(sum);
  return 2.0 * 16 * chains * links;
}

// Without FMA, as on machines before 2013, there is no peak to speak of.
double none() { return 0; }

} // namespace

double runMultiplyAdds() {
  static double (*const widest)() = __builtin_cpu_supports("avx512f") ? multiplyAdds512
                                    : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                                        ? multiplyAdds256
                                        : none;
  return widest();
}

} // namespace nnbench
