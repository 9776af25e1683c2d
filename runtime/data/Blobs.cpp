// Centres on the unit circle, so that classes are equally far from their neighbours; `spread` is the standard
// deviation of a cloud, `noise` another name for it.
#include "runtime/data/Generated.h"

#include <cmath>

using namespace nnrt;

Result<Table> nnrt::makeBlobs(Arguments arguments, const GeneratorKey &key) {
  NNRT_ASSIGN(int64_t count, arguments.integer("count", 0, 1, maxGenerated));
  NNRT_ASSIGN(int64_t classes, arguments.integerOr("classes", 3, 1, maxGeneratedClasses));
  NNRT_ASSIGN(double noise, arguments.numberOr("noise", 0.2, 0, 100));
  NNRT_ASSIGN(double spread, arguments.numberOr("spread", noise, 0, 100));
  NNRT_TRY(arguments.finish());
  return makePoints("blobs", count, key, [&](RandomStream &random, PointSink out) {
    out.label = uint8_t(out.index % classes);
    double angle = 2 * M_PI * double(out.label) / double(classes);
    out.point[0] = std::cos(angle) + random.normal(0, spread);
    out.point[1] = std::sin(angle) + random.normal(0, spread);
  });
}
