// The augmentations of a field of pictures as the program's text has them.
#ifndef NN_RUNTIME_DATA_AUGMENT_FIELDAUGMENT_H
#define NN_RUNTIME_DATA_AUGMENT_FIELDAUGMENT_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"
#include "runtime/data/augment/Maker.h"
#include "runtime/data/augment/Mix.h"

#include <optional>

namespace nnrt {

struct FieldAugment {
  Augment augment;                      // of each record by itself
  Mix mix;                              // of two of a batch
  std::optional<MakeRecords> made = {}; // first of all

  static Result<FieldAugment> of(const nn_data &data, const nn_field &field);
  bool isIdentity() const { return augment.isIdentity() && mix.isIdentity() && !made; }
  // A record changed by itself, into another buffer.
  template <class T> void change(const T *record, T *out, const AugmentKey &key) const;
};

// A field's records as pictures: the last of three axes has the channels; others are one row of values.
PictureShape pictureShapeOf(const nn_field &field);

} // namespace nnrt

#endif
