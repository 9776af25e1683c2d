// `images(PLACE)`: a folder of PNG and JPEG files, or a tar of one, as records of a picture and what belongs
// to it.
#ifndef NN_RUNTIME_DATA_IMAGE_IMAGESET_H
#define NN_RUNTIME_DATA_IMAGE_IMAGESET_H

#include "runtime/abi/Program.h"
#include "runtime/data/ReadContext.h"
#include "runtime/data/Table.h"

namespace nnrt {

// The field of three axes, [height, width, channels], is the picture, resized to its shape. Each other field
// is a class, of which the column has names (NamedClasses.h): that of the folder that the file lies in. With
// `labels: "labels.csv"` it is the column of its name in that table, whose first column has the file names: a
// number for `class(k)` and numbers, a name for `category(k)`.
//
// Records come in the order of the files' paths. Grey and colour pictures in one set are a mistake; where all
// are of one kind and the field of the other, they are converted.
Result<Table> readImages(const nn_data &data, const nn_call &call, ReadContext &context);

// One file, all of a folder, or an archive, as pictures of the field's shape.
Result<Column> readPictures(const std::string &place, const nn_field &field, SkipBad &bad);

} // namespace nnrt

#endif
