// Corners (0 or 1, 0 or 1) in turn, plus normal noise; the class says whether the coordinates differ.
#include "runtime/data/Generated.h"

using namespace nnrt;

Result<Table> nnrt::makeXor(Arguments arguments, const GeneratorKey &key) {
  NNRT_ASSIGN(int64_t count, arguments.integer("count", 0, 1, maxGenerated));
  NNRT_ASSIGN(double noise, arguments.numberOr("noise", 0.1, 0, 100));
  NNRT_TRY(arguments.finish());
  return makePoints("xor", count, key, [&](RandomStream &random, PointSink out) {
    int64_t corner = out.index % 4;
    out.label = uint8_t((corner & 1) != (corner >> 1));
    out.point[0] = double(corner & 1) + random.normal(0, noise);
    out.point[1] = double(corner >> 1) + random.normal(0, noise);
  });
}
