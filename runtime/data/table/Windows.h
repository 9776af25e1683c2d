// `windows(length: n, horizon: m, stride: s)`: records that are windows over the rows of a table. Columns
// give the rows of a window, targets those that follow it.
#ifndef NN_RUNTIME_DATA_TABLE_WINDOWS_H
#define NN_RUNTIME_DATA_TABLE_WINDOWS_H

#include "runtime/abi/Program.h"
#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

namespace nnrt {

// The table of rows as it is without windows. Columns of width 0, those that the file does not fill, stay so;
// then no rows need to follow. Nor need they for a forecast: targets behind the end are missing.
Result<Table> intoWindows(Table rows, const nn_data &data, bool isForecast = false);

// How many records before one have targets among its own.
int64_t windowsReach(const nn_data &data);

} // namespace nnrt

#endif
