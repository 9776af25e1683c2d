#include "runtime/data/augment/Maker.h"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <vector>

using namespace nnrt;

MakeRecords::MakeRecords(const std::string &name, const PictureShape &shape, RecordMaker maker)
    : shape(shape), maker(std::move(maker)), purpose(purposeOf("runtime.make." + name)) {}

template <class T> void MakeRecords::apply(T *record, const AugmentKey &key) const {
  if (KeyedRandom{key.seed, purpose, key.epoch, key.record}.uniform(0) >= maker.chance)
    return;
  static thread_local std::vector<float> made;
  made.resize(size_t(shape.size()));
  maker.make({key, maker.labelOf ? maker.labelOf(int64_t(key.record)) : -1, shape}, made.data());
  for (size_t i = 0; i < made.size(); ++i) {
    double value = maker.kept * double(record[i]) + (1 - maker.kept) * double(made[i]);
    if constexpr (std::is_same_v<T, uint8_t>)
      record[i] = uint8_t(std::lround(std::clamp(value, 0.0, 255.0)));
    else
      record[i] = T(value);
  }
}

template void MakeRecords::apply(uint8_t *, const AugmentKey &) const;
template void MakeRecords::apply(float *, const AugmentKey &) const;
template void MakeRecords::apply(double *, const AugmentKey &) const;
