// A compiled program written by hand: softmax regression with momentum, in plain C++ behind the ABI. The
// tests link it with the runtime as the compiler would link an object file. Macros choose the variant:
//   FAKE_IDX      784 -> 10 on IDX files, with scale, zscore and a validation share
//   FAKE_DIGITS   784 -> 10 on generated digits
//   otherwise     2 -> 2 on generated xor points, with two trainings
//   FAKE_DOUBLE   in double
//   FAKE_ELSEWHERE  compiled for a processor that no machine has
#include "runtime/abi/Program.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace {

#ifdef FAKE_DOUBLE
using Real = double;
constexpr uint32_t realType = NN_F64;
#else
using Real = float;
constexpr uint32_t realType = NN_F32;
#endif

#if defined(FAKE_IDX) || defined(FAKE_DIGITS)
constexpr int64_t features = 784, classes = 10, batch = 64;
const int64_t inputShape[] = {-1, 28, 28, 1};
constexpr uint32_t inputRank = 4;
#else
constexpr int64_t features = 2, classes = 2, batch = 16;
const int64_t inputShape[] = {-1, 2};
constexpr uint32_t inputRank = 2;
#endif

// The arena, planned by hand.
constexpr uint64_t aligned(uint64_t bytes) { return (bytes + 63) / 64 * 64; }
constexpr uint64_t weightBytes = features * classes * sizeof(Real), biasBytes = classes * sizeof(Real);
constexpr uint64_t atW = 0;
constexpr uint64_t atC = atW + aligned(weightBytes);
constexpr uint64_t atSeen = atC + aligned(biasBytes); // state: rows trained on
constexpr uint64_t atVelocityW = atSeen + 64;
constexpr uint64_t atVelocityC = atVelocityW + aligned(weightBytes);
constexpr uint64_t persistent = atVelocityC + aligned(biasBytes);
constexpr uint64_t atFoldedW = persistent;
constexpr uint64_t atX = atFoldedW + aligned(weightBytes);
constexpr uint64_t atY = atX + aligned(batch * features * sizeof(Real));
constexpr uint64_t atIds = atY + aligned(batch * sizeof(int32_t));
constexpr uint64_t atP = atIds + aligned(batch * sizeof(int64_t));
constexpr uint64_t atScalars = atP + aligned(batch * classes * sizeof(Real));
constexpr uint64_t scalar(int index) { return atScalars + uint64_t(index) * 64; }
enum {
  seedAt,
  stepAt,
  stepsAt,
  epochAt,
  epochsAt,
  rateAt,
  explodeAt,
  lossAt,
  evalLossAt,
  hitsAt,
  scalarCount
};

template <class T> T &at(uint8_t *arena, uint64_t offset) { return *reinterpret_cast<T *>(arena + offset); }
template <class T> T *array(uint8_t *arena, uint64_t offset) { return reinterpret_cast<T *>(arena + offset); }

void init(uint8_t *arena, int64_t, int32_t) {
  memset(arena, 0, persistent);
  uint64_t state = uint64_t(at<int64_t>(arena, scalar(seedAt))) * 2 + 1;
  for (int64_t i = 0; i < features * classes; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    array<Real>(arena, atW)[i] = (Real(state >> 40) / Real(1 << 24) - Real(0.5)) * Real(0.1);
  }
}

// p [rows, classes] = softmax(x [rows, features] @ w [features, classes] + c).
void forward(uint8_t *arena, int64_t rows, uint64_t weights) {
  const Real *x = array<Real>(arena, atX), *w = array<Real>(arena, weights), *c = array<Real>(arena, atC);
  Real *p = array<Real>(arena, atP);
  for (int64_t row = 0; row < rows; ++row) {
    Real *out = p + row * classes;
    std::copy(c, c + classes, out);
    for (int64_t i = 0; i < features; ++i)
      for (int64_t k = 0; k < classes; ++k)
        out[k] += x[row * features + i] * w[i * classes + k];
    Real top = *std::max_element(out, out + classes), sum = 0;
    for (int64_t k = 0; k < classes; ++k)
      sum += out[k] = std::exp(out[k] - top);
    for (int64_t k = 0; k < classes; ++k)
      out[k] /= sum;
  }
}

Real crossEntropy(uint8_t *arena, int64_t rows) {
  Real loss = 0;
  for (int64_t row = 0; row < rows; ++row)
    loss -= std::log(array<Real>(arena, atP)[row * classes + array<int32_t>(arena, atY)[row]] + Real(1e-12));
  return loss / Real(rows);
}

// One class's column of the gradient and the update; columns do not touch each other.
struct Update {
  uint8_t *arena;
  int64_t rows;
};
void updateClass(void *context, int64_t k) {
  auto [arena, rows] = *static_cast<Update *>(context);
  Real rate = at<Real>(arena, scalar(rateAt));
  const Real *x = array<Real>(arena, atX), *p = array<Real>(arena, atP);
  for (int64_t i = 0; i <= features; ++i) { // the last one is the bias
    Real gradient = 0;
    for (int64_t row = 0; row < rows; ++row)
      gradient += (p[row * classes + k] - Real(array<int32_t>(arena, atY)[row] == k)) *
                  (i < features ? x[row * features + i] : Real(1));
    Real &velocity =
        i < features ? array<Real>(arena, atVelocityW)[i * classes + k] : array<Real>(arena, atVelocityC)[k];
    Real &weight = i < features ? array<Real>(arena, atW)[i * classes + k] : array<Real>(arena, atC)[k];
    velocity = Real(0.9) * velocity + gradient / Real(rows);
    weight -= rate * velocity;
  }
}

void step(uint8_t *arena, int64_t rows, int32_t watch) {
  // From the step that the hyperparameter names on, the layer gives infinity.
  Real explode = at<Real>(arena, scalar(explodeAt));
  forward(arena, rows, atW);
  if (explode > 0 && Real(at<int64_t>(arena, scalar(stepAt))) >= explode)
    array<Real>(arena, atP)[0] = INFINITY;
  if (watch & NN_WATCH_CHECKS) {
    nnrt_check(0, array<Real>(arena, atX), rows * features);
    nnrt_check(1, array<Real>(arena, atP), rows * classes);
    nnrt_check(2, array<Real>(arena, atP), rows * classes);
  }
  if (watch & NN_WATCH_TIME)
    nnrt_mark(1, NN_FORWARD);
  Real loss = crossEntropy(arena, rows);
  if (watch & NN_WATCH_TIME)
    nnrt_mark(2, NN_FORWARD);
  at<Real>(arena, scalar(lossAt)) = std::isinf(array<Real>(arena, atP)[0]) ? Real(NAN) : loss;
  at<Real>(arena, atSeen) += Real(rows);
  Update update{arena, rows};
  nnrt_parallel_for(updateClass, &update, classes);
  if (watch & NN_WATCH_TIME)
    nnrt_mark(1, NN_BACKWARD);
}

void fold(uint8_t *arena, int64_t, int32_t) { memcpy(arena + atFoldedW, arena + atW, weightBytes); }

void eval(uint8_t *arena, int64_t rows, int32_t) {
  forward(arena, rows, atFoldedW);
  at<Real>(arena, scalar(evalLossAt)) = crossEntropy(arena, rows);
  int64_t hits = 0;
  for (int64_t row = 0; row < rows; ++row) {
    const Real *p = array<Real>(arena, atP) + row * classes;
    hits += std::max_element(p, p + classes) - p == array<int32_t>(arena, atY)[row];
  }
  at<Real>(arena, scalar(hitsAt)) = Real(hits);
}

void predict(uint8_t *arena, int64_t rows, int32_t) { forward(arena, rows, atFoldedW); }

const int64_t weightShape[] = {features, classes}, biasShape[] = {classes}, oneShape[] = {1},
              rowShape[] = {-1}, outShape[] = {-1, classes};
constexpr nn_tensor real(const char *name, uint32_t rank, const int64_t *shape, uint64_t offset,
                         uint64_t bytes) {
  return {name, realType, rank, shape, offset, bytes};
}
constexpr nn_tensor realScalar(const char *name, int index) {
  return real(name, 0, nullptr, scalar(index), sizeof(Real));
}
constexpr nn_tensor integerScalar(const char *name, int index) {
  return {name, NN_I64, 0, nullptr, scalar(index), sizeof(int64_t)};
}

const nn_tensor parameters[] = {real("Net.Dense_1.W", 2, weightShape, atW, weightBytes),
                                real("Net.Dense_1.c", 1, biasShape, atC, biasBytes)};
const nn_tensor states[] = {real("Net.seen", 1, oneShape, atSeen, sizeof(Real))};
const nn_tensor optimizer[] = {real("Net.Dense_1.W.velocity", 2, weightShape, atVelocityW, weightBytes),
                               real("Net.Dense_1.c.velocity", 1, biasShape, atVelocityC, biasBytes)};

#if defined(FAKE_IDX)
const nn_value trainFiles[] = {{"", "train-images.gz", 0}, {"", "train-labels.gz", 0}};
const nn_value testFiles[] = {{"", "test-images", 0}, {"", "test-labels", 0}};
const nn_call trainSource = {"idx", 2, trainFiles}, testSource = {"idx", 2, testFiles};
#elif defined(FAKE_DIGITS)
const nn_value trainCount[] = {{"", nullptr, 2000}}, testCount[] = {{"", nullptr, 500}};
const nn_call trainSource = {"digits", 1, trainCount}, testSource = {"digits", 1, testCount};
#else
const nn_value trainCount[] = {{"", nullptr, 203}, {"noise", nullptr, 0.1}},
               testCount[] = {{"", nullptr, 50}};
const nn_call trainSource = {"xor", 2, trainCount}, testSource = {"xor", 1, testCount};
#endif
const nn_value scaleArgument[] = {{"", nullptr, 1.0 / 255}};
const nn_call steps[] = {{"scale", 1, scaleArgument}, {"zscore", 0, nullptr}};
const nn_field fields[] = {
    {"image", 0, 2, steps, real("image", inputRank, inputShape, atX, batch *features * sizeof(Real))},
    {"label", classes, 0, nullptr, {"label", NN_I32, 1, rowShape, atY, batch * sizeof(int32_t)}}};
const nn_data data[] = {{"digits",
                         trainSource,
                         {},
                         testSource,
                         0.1,
                         0,
                         2,
                         fields,
                         {"ids", NN_I64, 1, rowShape, atIds, batch * sizeof(int64_t)}}};

const double widths[] = {32, 64, 128};
const nn_hyper hypers[] = {
    {"rate", "step size", NN_HYPER_FLOAT, 0, 0.05, NN_RANGE_LOG, 1e-5, 10, 0, nullptr,
     realScalar("rate", rateAt)},
    {"explode", "", NN_HYPER_INT, 0, 0, NN_RANGE_NONE, 0, 0, 0, nullptr, realScalar("explode", explodeAt)},
    {"width", "units of the hidden layer", NN_HYPER_INT, 1, 64, NN_RANGE_LIST, 0, 0, 3, widths, {}}};
const nn_result terms[] = {{"loss", realScalar("loss", lossAt)}};
const nn_result evalTerms[] = {{"loss", realScalar("loss", evalLossAt)}};
const nn_total totals[] = {{NN_TOTAL_SUM, realScalar("0", hitsAt)}};
const int64_t quotient[] = {0, 1};
const nn_node nodes[] = {{"total", 0, nullptr, 0, nullptr, 0, nullptr, nullptr, 0},
                         {"rows", 0, nullptr, 0, nullptr, 0, nullptr, nullptr, 1},
                         {"div", 2, quotient, 0, nullptr, 0, nullptr, nullptr, 0}};
const nn_measure measures[] = {{"accuracy", 2}};
const nn_train trains[] = {
    {"classify", 0,     0, nullptr,   batch, 3,        -1, -1,     step, eval,
     1,          terms, 1, evalTerms, 1,     measures, 1,  totals, 3,    nodes},
    {"adapt", 0,     0, nullptr,   batch, 1,        -1, -1,     step, eval,
     1,       terms, 1, evalTerms, 1,     measures, 1,  totals, 3,    nodes},
};
const nn_output outputs[] = {{"p", real("p", 2, outShape, atP, batch *classes * sizeof(Real))}};
const int64_t layerShape[] = {-1, classes};
const nn_layer layers[] = {{"Net.Dense_1", 2, layerShape, features *classes + classes, features *classes,
                            int64_t(weightBytes + biasBytes)}};
const char *const cpuFeatures[] = {"sse3", "tensor-cores"};
#ifdef FAKE_ELSEWHERE
constexpr uint32_t cpuFeatureCount = 2;
#else
constexpr uint32_t cpuFeatureCount = 0;
#endif
const char *const checks[] = {"input", "Net.Dense_1", "loss"};

} // namespace

extern "C" const nn_program nn_program_descriptor = {NN_ABI_VERSION,
                                                     realType,
                                                     "fake",
                                                     "/nowhere",
                                                     "nnc 0.1.0",
                                                     "generic",
                                                     cpuFeatureCount,
                                                     cpuFeatures,
                                                     scalar(scalarCount),
                                                     persistent,
                                                     batch,
                                                     2,
                                                     1,
                                                     2,
                                                     parameters,
                                                     states,
                                                     optimizer,
                                                     integerScalar("seed", seedAt),
                                                     integerScalar("step", stepAt),
                                                     integerScalar("steps", stepsAt),
                                                     integerScalar("epoch", epochAt),
                                                     integerScalar("epochs", epochsAt),
                                                     3,
                                                     1,
#if defined(FAKE_IDX) || defined(FAKE_DIGITS)
                                                     1,
#else
                                                     2,
#endif
                                                     1,
                                                     1,
                                                     hypers,
                                                     data,
                                                     trains,
                                                     outputs,
                                                     layers,
                                                     3,
                                                     checks,
                                                     init,
                                                     fold,
                                                     predict,
                                                     0};
