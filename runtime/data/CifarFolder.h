// `cifar10(…)` and `cifar100(…)`: binary files, a folder of them, or the distributed tar.gz.
#ifndef NN_RUNTIME_DATA_CIFARFOLDER_H
#define NN_RUNTIME_DATA_CIFARFOLDER_H

#include "runtime/abi/Program.h"
#include "runtime/data/ReadContext.h"
#include "runtime/data/Table.h"

namespace nnrt {

// Of folders and archives, the files that are named as distributed, which must all be there: with `ofTest`
// those of the test part, else those of training. Fields are the image, the (fine) label and, of CIFAR-100,
// the coarse label; the last may be left out.
Result<Table> readCifar(const nn_data &data, const nn_call &call, bool ofTest, ReadContext &context);

} // namespace nnrt

#endif
