// mixup (Zhang, Cisse, Dauphin, Lopez-Paz, 2018) and cutmix (Yun, Han, Oh, Chun, Choe, Yoo, 2019): a record
// and another one of its batch become one, and so do the probabilities of their classes.
#ifndef NN_RUNTIME_DATA_AUGMENT_MIX_H
#define NN_RUNTIME_DATA_AUGMENT_MIX_H

#include "runtime/data/augment/Augment.h"

namespace nnrt {

enum class MixKind { mixup, cutmix };

struct MixStep {
  MixKind kind;
  double alpha = 1; // the share of a record is drawn from Beta(alpha, alpha)
  double chance = 1;
};

// What happens to one record.
struct MixDraw {
  int64_t partner = 0; // a row of the batch, its own when nothing happens
  double share = 1;    // of the record itself; the partner has the rest
  bool isBox = false;  // the partner's pixels in [top, bottom) x [left, right), else all, weighted
  int64_t top = 0, left = 0, bottom = 0, right = 0;
};

class Mix {
public:
  // Of several steps, the first whose chance comes is taken.
  Mix(const std::string &name, const PictureShape &shape, std::vector<MixStep> steps);

  bool isIdentity() const { return steps.empty(); }
  // For the record in row `row` of `rows`.
  MixDraw draw(const AugmentKey &key, int64_t row, int64_t rows) const;
  // `record` [height, width, channels] becomes the mixture; `partner` has not been mixed.
  template <class T> void apply(const MixDraw &draw, T *record, const T *partner) const;

private:
  MixDraw drawBox(double share, RandomStream &random) const;

  PictureShape shape;
  std::vector<MixStep> steps;
  std::vector<uint32_t> purposes; // one a step
};

// The probabilities of a class's records: `share` at the record's own class, the rest at its partner's. `out`
// has a place for each class.
template <class T> void softLabel(const MixDraw &draw, int64_t own, int64_t partner, T *out) {
  out[own] += T(draw.share);
  out[partner] += T(1 - draw.share);
}

// Beta(alpha, alpha) as x / (x + y) of two gamma variates (Marsaglia, Tsang, "A simple method for generating
// gamma variables", 2000), drawn one number after another.
double symmetricBeta(double alpha, RandomStream &random);

} // namespace nnrt

#endif
