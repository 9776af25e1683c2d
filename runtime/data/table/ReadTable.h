// `csv("f.csv", …)`: separated text as a table, a column for each field of a data set. What reading found is
// counted; rows with a mistake are the caller's `--skip-bad`.
#ifndef NN_RUNTIME_DATA_TABLE_READTABLE_H
#define NN_RUNTIME_DATA_TABLE_READTABLE_H

#include "runtime/data/Csv.h"
#include "runtime/data/Source.h"

namespace nnrt {

// Of a `csv` call.
Result<CsvFormat> csvFormatOf(const nn_call &call);

// What the rows are for. In training every column must have a value somewhere; to predict for, the targets
// may be absent.
enum class Purpose { training, evaluation, prediction };

Result<Table> readTable(const nn_data &data, const nn_call &call, Purpose purpose, ReadContext &context);
// The same of another file, or of bytes.
Result<Table> readTable(const nn_data &data, const nn_call &call, ByteReader bytes, Purpose purpose,
                        SkipBad &bad);

} // namespace nnrt

#endif
