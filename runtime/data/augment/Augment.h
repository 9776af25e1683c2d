// Augmentations of pictures, in the training part only. What is drawn for a record depends on (seed, epoch,
// record) and on the place of the step, on nothing that happened before.
//
// The geometric ones (flip, rotate, zoom, crop, shift, shear) act first, in their order, as one resampling;
// then the others in theirs. Values of bytes end rounded, within 0 to 255.
#ifndef NN_RUNTIME_DATA_AUGMENT_AUGMENT_H
#define NN_RUNTIME_DATA_AUGMENT_AUGMENT_H

#include "runtime/base/Philox.h"
#include "runtime/data/augment/Affine.h"
#include "runtime/data/augment/Key.h"

#include <string>
#include <vector>

namespace nnrt {

enum class AugmentKind {
  flip,       // across the vertical middle, or with `vertical` across the horizontal one
  rotate,     // by up to `amount` radians, either way
  zoom,       // by a factor of 1 - amount to 1 + amount
  crop,       // shifted by whole pixels, up to `amount`, either way
  shift,      // by up to `amount` of the width, and of the height
  shear,      // by up to `amount` radians, either way
  noise,      // normal, of deviation `amount` of the full range
  brightness, // up to `amount` of the full range more or less
  contrast,   // distance from the picture's mean times 1 - amount to 1 + amount
  cutout,     // a square of `amount` of the shorter side is 0, its centre anywhere
};

struct AugmentStep {
  AugmentKind kind;
  double amount = 0;
  double chance = 1;
  bool vertical = false;
};

class Augment {
public:
  // `name` tells the fields of a program apart: `digits.image`.
  Augment(const std::string &name, const PictureShape &shape, std::vector<AugmentStep> steps);

  bool isIdentity() const { return steps.empty(); }
  int64_t size() const { return shape.size(); } // values of a record
  // From a record [height, width, channels] to another buffer. The full range is 255 for bytes, else 1.
  void apply(const uint8_t *record, uint8_t *out, const AugmentKey &key) const;
  void apply(const float *record, float *out, const AugmentKey &key) const;
  void apply(const double *record, double *out, const AugmentKey &key) const;
  // What the geometric steps are together.
  Affine geometry(const AugmentKey &key) const;

private:
  KeyedRandom numbers(size_t step, const AugmentKey &key) const;
  bool happens(size_t step, const KeyedRandom &random) const;
  template <class T> void change(T *values, const AugmentKey &key, double range) const;
  template <class T> void cutOut(T *values, double amount, const KeyedRandom &random) const;

  PictureShape shape;
  std::vector<AugmentStep> steps;
  std::vector<uint32_t> purposes; // one a step
};

} // namespace nnrt

#endif
