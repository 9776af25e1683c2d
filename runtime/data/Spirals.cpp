// Arm k starts at the angle 2 pi k / classes and winds three quarters of a turn while its radius goes to 1.
#include "runtime/data/Generated.h"

#include <cmath>

using namespace nnrt;

Result<Table> nnrt::makeSpirals(Arguments arguments, const GeneratorKey &key) {
  NNRT_ASSIGN(int64_t count, arguments.integer("count", 0, 1, maxGenerated));
  NNRT_ASSIGN(int64_t classes, arguments.integerOr("classes", 2, 1, maxGeneratedClasses));
  NNRT_ASSIGN(double noise, arguments.numberOr("noise", 0.02, 0, 100));
  NNRT_TRY(arguments.finish());
  return makePoints("spirals", count, key, [&](RandomStream &random, PointSink out) {
    out.label = uint8_t(out.index % classes);
    double t = std::sqrt(random.uniform()); // even along the arm rather than crowded in the middle
    double angle = 2 * M_PI * (double(out.label) / double(classes) + 0.75 * t);
    out.point[0] = t * std::cos(angle) + random.normal(0, noise);
    out.point[1] = t * std::sin(angle) + random.normal(0, noise);
  });
}
