// The inverse of the normal distribution as a table of 4,096 equal shares, small enough for the nearest
// cache: a number stands for its share by the mean of the distribution there.
#include "runtime/data/augment/Noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

using namespace nnrt;

namespace {

constexpr size_t shares = 4096;

double density(double x) { return std::exp(-x * x / 2) / std::sqrt(2 * M_PI); }

// Where the normal distribution has reached `share`, 0 < share <= 1/2: Newton on its logarithm, which is
// concave, so that it converges from anywhere.
double quantile(double share) {
  double x = -1;
  for (int i = 0; i < 50; ++i) {
    double reached = 0.5 * std::erfc(-x / std::sqrt(2.0));
    x -= (std::log(reached) - std::log(share)) * reached / density(x);
  }
  return x;
}

// Means lie closer together than what they are the means of: the deviation is made 1 again.
struct NormalTable {
  std::array<float, shares> values;

  NormalTable() {
    std::array<double, shares / 2> means;
    double before = 0, squares = 0; // the density at the share's lower end
    for (size_t i = 0; i < means.size(); ++i) {
      double after = density(quantile(double(i + 1) / shares));
      means[i] = (before - after) * shares;
      squares += means[i] * means[i] / double(means.size());
      before = after;
    }
    for (size_t i = 0; i < means.size(); ++i) {
      values[i] = float(means[i] / std::sqrt(squares));
      values[shares - 1 - i] = -values[i];
    }
  }
};

const NormalTable &normalTable() {
  static const NormalTable table;
  return table;
}

// The words of eight elements of Philox, one beside the other.
constexpr size_t lanes = 8, valuesOfBlock = 8 * lanes;
struct Block {
  uint32_t words[4][lanes];
};

#ifdef __SSE2__

// Two elements a vector, each word in the lower half of 64 bits; what rises into the upper halves is never
// read.
struct Pair {
  __m128i a, b, c, d;

  void round(__m128i key0, __m128i key1) {
    __m128i product0 = _mm_mul_epu32(a, _mm_set1_epi32(int(0xD2511F53u)));
    __m128i product1 = _mm_mul_epu32(c, _mm_set1_epi32(int(0xCD9E8D57u)));
    a = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(product1, 32), b), key0);
    c = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(product0, 32), d), key1);
    b = product1;
    d = product0;
  }
};

void store(uint32_t *out, __m128i first, __m128i second) {
  __m128 both = _mm_shuffle_ps(_mm_castsi128_ps(first), _mm_castsi128_ps(second), _MM_SHUFFLE(2, 0, 2, 0));
  _mm_storeu_si128(reinterpret_cast<__m128i *>(out), _mm_castps_si128(both));
}

void fillBlock(Block &block, const KeyedRandom &key, uint32_t first) {
  constexpr size_t pairs = lanes / 2;
  Pair pair[pairs];
  for (size_t i = 0; i < pairs; ++i)
    pair[i] = {_mm_set_epi32(0, int(first + 2 * uint32_t(i) + 1), 0, int(first + 2 * uint32_t(i))),
               _mm_set1_epi32(int(uint32_t(key.row))), _mm_set1_epi32(int(key.time)),
               _mm_set1_epi32(int(key.purpose))};
  uint32_t key0 = uint32_t(key.seed), key1 = uint32_t(key.seed >> 32);
  for (int round = 0; round < 10; ++round, key0 += 0x9E3779B9u, key1 += 0xBB67AE85u)
    for (Pair &two : pair)
      two.round(_mm_set1_epi32(int(key0)), _mm_set1_epi32(int(key1)));
  for (size_t i = 0; i < pairs; i += 2) {
    store(&block.words[0][2 * i], pair[i].a, pair[i + 1].a);
    store(&block.words[1][2 * i], pair[i].b, pair[i + 1].b);
    store(&block.words[2][2 * i], pair[i].c, pair[i + 1].c);
    store(&block.words[3][2 * i], pair[i].d, pair[i + 1].d);
  }
}

#else

void fillBlock(Block &block, const KeyedRandom &key, uint32_t first) {
  for (size_t lane = 0; lane < lanes; ++lane) {
    PhiloxWords words = key.words(first + uint32_t(lane));
    for (size_t word = 0; word < 4; ++word)
      block.words[word][lane] = words[word];
  }
}

#endif

} // namespace

template <class T>
void nnrt::addNoise(T *values, int64_t count, const KeyedRandom &key, uint32_t first, double sd) {
  const NormalTable &table = normalTable();
  T scale = T(sd);
  Block block;
  T noise[valuesOfBlock];
  for (size_t begin = 0; begin < size_t(count); begin += valuesOfBlock) {
    fillBlock(block, key, first + uint32_t(begin / 8));
    for (size_t word = 0; word < 4; ++word)
      for (size_t lane = 0; lane < lanes; ++lane) {
        uint32_t bits = block.words[word][lane];
        noise[(2 * word) * lanes + lane] = T(table.values[bits >> 20]);
        noise[(2 * word + 1) * lanes + lane] = T(table.values[bits >> 4 & 0xfff]);
      }
    size_t rest = std::min(size_t(count) - begin, valuesOfBlock);
    for (size_t i = 0; i < rest; ++i)
      values[begin + i] += scale * noise[i];
  }
}

template void nnrt::addNoise(float *, int64_t, const KeyedRandom &, uint32_t, double);
template void nnrt::addNoise(double *, int64_t, const KeyedRandom &, uint32_t, double);
