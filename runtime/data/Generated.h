// The sources that need no file. A record is a function of (seed, split, index), so any number of threads and
// any order give the same records, and the splits do not share one.
#ifndef NN_RUNTIME_DATA_GENERATED_H
#define NN_RUNTIME_DATA_GENERATED_H

#include "runtime/base/Philox.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/Table.h"

namespace nnrt {

struct GeneratorKey {
  uint64_t seed = 0;
  std::string split; // train, validation or test

  // The numbers of one record.
  RandomStream record(std::string_view source, int64_t index) const;
};

// Handwritten-like digits: image u8 [28, 28], digit.
Result<Table> makeDigits(Arguments arguments, const GeneratorKey &key);
// Two half circles that interlock: point [2], class(2).
Result<Table> makeMoons(Arguments arguments, const GeneratorKey &key);
// One arm a class, winding out from the middle: point [2], class(classes).
Result<Table> makeSpirals(Arguments arguments, const GeneratorKey &key);
// One normal cloud a class, centres on a circle: point [2], class(classes).
Result<Table> makeBlobs(Arguments arguments, const GeneratorKey &key);
// The four corners of a square, opposite ones alike: point [2], class(2).
Result<Table> makeXor(Arguments arguments, const GeneratorKey &key);

constexpr int64_t maxGenerated = 10'000'000;
constexpr int64_t maxGeneratedClasses = 256;

// The table of points and their classes that all but the digits are.
struct PointSink {
  double *point;
  uint8_t &label;
  int64_t index;
};
template <class MakePoint>
Table makePoints(const char *source, int64_t count, const GeneratorKey &key, const MakePoint &makePoint) {
  Doubles points(size_t(count) * 2);
  Bytes labels(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) {
    RandomStream random = key.record(source, i);
    makePoint(random, PointSink{&points[size_t(i) * 2], labels[size_t(i)], i});
  }
  Table table;
  table.records = count;
  table.columns.push_back({std::string(source), {2}, 2, std::move(points)});
  table.columns.push_back({std::string(source), {}, 1, std::move(labels)});
  return table;
}

} // namespace nnrt

#endif
