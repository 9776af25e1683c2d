#include "runtime/data/augment/Augment.h"
#include "runtime/data/augment/Noise.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

// Elements of a step's random numbers. Noise counts up from `noiseElement`.
enum : uint32_t { chanceElement = 0, firstElement = 1, secondElement = 2, noiseElement = 16 };

double symmetric(const KeyedRandom &random, uint32_t element) { return 2 * random.uniform(element) - 1; }

// A whole number of -most to most.
double whole(const KeyedRandom &random, uint32_t element, double most) {
  return double(random.below(element, 2 * uint64_t(most) + 1)) - most;
}

bool isGeometric(AugmentKind kind) { return kind < AugmentKind::noise; }

Affine mapOf(const AugmentStep &step, const PictureShape &shape, const KeyedRandom &random) {
  double first = step.amount * symmetric(random, firstElement);
  switch (step.kind) {
  case AugmentKind::flip:
    return Affine::flip(step.vertical);
  case AugmentKind::rotate:
    return Affine::rotation(first);
  case AugmentKind::zoom:
    return Affine::zoom(1 + first);
  case AugmentKind::crop:
    return Affine::shift(whole(random, firstElement, step.amount), whole(random, secondElement, step.amount));
  case AugmentKind::shift:
    return Affine::shift(first * double(shape.width),
                         step.amount * symmetric(random, secondElement) * double(shape.height));
  default:
    return Affine::shear(first);
  }
}

template <class T> void changeContrast(T *values, int64_t count, double factor) {
  double sum = 0;
  for (int64_t i = 0; i < count; ++i)
    sum += double(values[i]);
  T mean = T(sum / double(count)), scale = T(factor);
  for (int64_t i = 0; i < count; ++i)
    values[i] = mean + (values[i] - mean) * scale;
}

void roundToBytes(const float *values, int64_t count, uint8_t *__restrict out) {
  for (int64_t i = 0; i < count; ++i)
    out[i] = uint8_t(std::clamp(int(values[i] + 0.5f), 0, 255));
}

} // namespace

Augment::Augment(const std::string &name, const PictureShape &shape, std::vector<AugmentStep> given)
    : shape(shape), steps(std::move(given)) {
  for (size_t i = 0; i < steps.size(); ++i)
    purposes.push_back(purposeOf("runtime.augment." + name + "." + std::to_string(i)));
}

KeyedRandom Augment::numbers(size_t step, const AugmentKey &key) const {
  return {key.seed, purposes[step], key.epoch, key.record};
}

bool Augment::happens(size_t step, const KeyedRandom &random) const {
  return random.uniform(chanceElement) < steps[step].chance;
}

Affine Augment::geometry(const AugmentKey &key) const {
  Affine map;
  for (size_t i = 0; i < steps.size(); ++i) {
    KeyedRandom random = numbers(i, key);
    if (isGeometric(steps[i].kind) && happens(i, random))
      map = map.then(mapOf(steps[i], shape, random).aboutMiddle(shape));
  }
  return map;
}

template <class T> void Augment::cutOut(T *values, double amount, const KeyedRandom &random) const {
  auto side = int64_t(std::lround(amount * double(std::min(shape.height, shape.width))));
  auto begin = [&](uint32_t element, int64_t size) {
    return int64_t(random.below(element, uint64_t(size))) - side / 2;
  };
  int64_t top = begin(firstElement, shape.height), left = begin(secondElement, shape.width);
  int64_t bottom = std::min(top + side, shape.height), right = std::min(left + side, shape.width);
  left = std::max<int64_t>(left, 0);
  for (int64_t y = std::max<int64_t>(top, 0); y < bottom; ++y)
    std::fill(values + (y * shape.width + left) * shape.channels,
              values + (y * shape.width + std::max(left, right)) * shape.channels, T(0));
}

template <class T> void Augment::change(T *values, const AugmentKey &key, double range) const {
  int64_t count = shape.size();
  for (size_t i = 0; i < steps.size(); ++i) {
    const AugmentStep &step = steps[i];
    KeyedRandom random = numbers(i, key);
    if (isGeometric(step.kind) || !happens(i, random))
      continue;
    if (step.kind == AugmentKind::noise) {
      addNoise(values, count, random, noiseElement, step.amount * range);
    } else if (step.kind == AugmentKind::cutout) {
      cutOut(values, step.amount, random);
    } else if (step.kind == AugmentKind::contrast) {
      changeContrast(values, count, 1 + step.amount * symmetric(random, firstElement));
    } else {
      T more = T(step.amount * range * symmetric(random, firstElement));
      std::for_each(values, values + count, [&](T &value) { value += more; });
    }
  }
}

void Augment::apply(const uint8_t *record, uint8_t *out, const AugmentKey &key) const {
  static thread_local std::vector<float> work;
  work.resize(size_t(shape.size()));
  resample(record, shape, geometry(key), work.data());
  change(work.data(), key, 255);
  roundToBytes(work.data(), shape.size(), out);
}

void Augment::apply(const float *record, float *out, const AugmentKey &key) const {
  resample(record, shape, geometry(key), out);
  change(out, key, 1);
}

void Augment::apply(const double *record, double *out, const AugmentKey &key) const {
  resample(record, shape, geometry(key), out);
  change(out, key, 1);
}
