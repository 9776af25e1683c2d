// The sources that need no file. A record is a function of (seed, split, index), so any number of threads and
// any order give the same records, and the splits do not share one.
#ifndef NN_RUNTIME_DATA_GENERATED_H
#define NN_RUNTIME_DATA_GENERATED_H

#include "runtime/base/Philox.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/ColumnWriter.h"

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

// Records and their labels.
template <class T> Result<Table> tableOf(ColumnWriter<T> &records, ColumnWriter<uint8_t> &labels) {
  Table table;
  table.records = labels.records();
  NNRT_ASSIGN(Column column, records.finish());
  NNRT_ASSIGN(Column label, labels.finish());
  table.columns = {std::move(column), std::move(label)};
  return table;
}

// The table of points and their classes that all but the digits are.
struct PointSink {
  double *point;
  uint8_t &label;
  int64_t index;
};
template <class MakePoint>
Result<Table> makePoints(const char *source, int64_t count, const GeneratorKey &key,
                         const MakePoint &makePoint) {
  constexpr int64_t atATime = 1024, tableBytes = 2 * sizeof(double) + 1;
  ColumnWriter<double> points(source, {2}, tableBytes);
  ColumnWriter<uint8_t> labels(source, {}, tableBytes);
  double somePoints[2 * atATime];
  uint8_t someLabels[atATime];
  for (int64_t first = 0; first < count; first += atATime) {
    int64_t some = std::min(atATime, count - first);
    for (int64_t i = 0; i < some; ++i) {
      RandomStream random = key.record(source, first + i);
      makePoint(random, PointSink{&somePoints[2 * i], someLabels[i], first + i});
    }
    NNRT_TRY(points.append(somePoints, some));
    NNRT_TRY(labels.append(someLabels, some));
  }
  return tableOf(points, labels);
}

} // namespace nnrt

#endif
