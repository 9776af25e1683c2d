// (cos t, sin t) and (1 - cos t, 1/2 - sin t), t in [0, pi], plus normal noise.
#include "runtime/data/Generated.h"

#include <cmath>

using namespace nnrt;

Result<Table> nnrt::makeMoons(Arguments arguments, const GeneratorKey &key) {
  NNRT_ASSIGN(int64_t count, arguments.integer("count", 0, 1, maxGenerated));
  NNRT_ASSIGN(double noise, arguments.numberOr("noise", 0.1, 0, 100));
  NNRT_TRY(arguments.finish());
  return makePoints("moons", count, key, [&](RandomStream &random, PointSink out) {
    out.label = uint8_t(out.index % 2);
    double t = random.uniform(0, M_PI);
    out.point[0] = (out.label ? 1 - std::cos(t) : std::cos(t)) + random.normal(0, noise);
    out.point[1] = (out.label ? 0.5 - std::sin(t) : std::sin(t)) + random.normal(0, noise);
  });
}
