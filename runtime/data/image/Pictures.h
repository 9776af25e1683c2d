// The pictures of a place, all of one shape, with their paths.
#ifndef NN_RUNTIME_DATA_IMAGE_PICTURES_H
#define NN_RUNTIME_DATA_IMAGE_PICTURES_H

#include "runtime/data/ReadContext.h"
#include "runtime/data/Table.h"
#include "runtime/data/augment/Affine.h"

#include <functional>

namespace nnrt {

struct Pictures {
  std::vector<std::string> paths; // sorted
  Column pixels;                  // [paths, height, width, channels]
};

// `wants` chooses among the files that end like pictures.
using ChoosePath = std::function<bool(const std::string &path)>;
Result<Pictures> readPictures(const std::string &place, const PictureShape &shape, const ChoosePath &wants,
                              SkipBad &bad);

// A single file.
Result<Bytes> readPicture(const std::string &path, const PictureShape &shape);

bool isPicturePath(const std::string &path);

} // namespace nnrt

#endif
