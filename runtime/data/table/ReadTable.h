// `csv("f.csv", …)`: separated text as a table, a column for each field of a data set. What reading found is
// counted; rows with a mistake are the caller's `--skip-bad`.
#ifndef NN_RUNTIME_DATA_TABLE_READTABLE_H
#define NN_RUNTIME_DATA_TABLE_READTABLE_H

#include "runtime/data/Csv.h"
#include "runtime/data/Source.h"

namespace nnrt {

// Of a `csv` call.
Result<CsvFormat> csvFormatOf(const nn_call &call);

// Whether the file may lack the targets, as one to predict for does.
enum class Targets { required, optional };

Result<Table> readTable(const nn_data &data, const nn_call &call, Targets targets, ReadContext &context);
// The same of another file, or of bytes.
Result<Table> readTable(const nn_data &data, const nn_call &call, ByteReader bytes, Targets targets,
                        SkipBad &bad);

} // namespace nnrt

#endif
