// Records that a function makes for a training, in place of those of the training part or mixed into them.
// The function may be a network that has been trained to make records of a class; the program's text has no
// statement for it yet.
#ifndef NN_RUNTIME_DATA_AUGMENT_MAKER_H
#define NN_RUNTIME_DATA_AUGMENT_MAKER_H

#include "runtime/base/Philox.h"
#include "runtime/data/augment/Affine.h"
#include "runtime/data/augment/Key.h"

#include <functional>
#include <string>

namespace nnrt {

// What a record is made for: the record whose place it takes, and that one's class, -1 where it has none.
struct MakeRequest {
  AugmentKey key;
  int64_t label = -1;
  PictureShape shape;
};

struct RecordMaker {
  // Fills `out` [height, width, channels] with raw values, as the source has them: of bytes, 0 to 255. A
  // function of the request alone, which any thread may call; random numbers come from the key.
  std::function<void(const MakeRequest &request, float *out)> make;
  // The class of a record of the source; may be empty.
  std::function<int64_t(int64_t record)> labelOf = {};
  double chance = 1; // that a record is changed
  double kept = 0;   // the record's own share of the mixture; 0 replaces it. Its class stays.
};

// Changes records of one field; what `augment` asks for follows.
class MakeRecords {
public:
  // `name` tells the fields of a program apart: `digits.image`.
  MakeRecords(const std::string &name, const PictureShape &shape, RecordMaker maker);
  // Defined for bytes, which are rounded, float and double.
  template <class T> void apply(T *record, const AugmentKey &key) const;

private:
  PictureShape shape;
  RecordMaker maker;
  uint32_t purpose;
};

} // namespace nnrt

#endif
