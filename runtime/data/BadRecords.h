// Records of arrays that hold what no field takes: a number that is none, a label outside its classes.
#ifndef NN_RUNTIME_DATA_BADRECORDS_H
#define NN_RUNTIME_DATA_BADRECORDS_H

#include "runtime/abi/Program.h"
#include "runtime/data/ReadContext.h"
#include "runtime/data/Table.h"

namespace nnrt {

// Each is one of the bad records that `bad` may leave out, of all columns; one too many is the error.
Status leaveOutBadRecords(Table &table, const nn_data &data, SkipBad &bad);

} // namespace nnrt

#endif
