// From a `data` block to records in memory: finds files, calls the reader or generator that a split names,
// and holds what came against the fields before anything uses it.
#ifndef NN_RUNTIME_DATA_SOURCE_H
#define NN_RUNTIME_DATA_SOURCE_H

#include "runtime/data/ReadContext.h"
#include "runtime/data/Table.h"

#include <string>
#include <vector>

namespace nnrt {

enum class SplitName { train, validation, test };
const char *textOf(SplitName name);

// Whether records of the data set come from files, so that `predict` can read another one.
bool isFileSource(const nn_call &call);
bool isText(const nn_call &call);
bool isWords(const nn_data &data); // a text by words, not by characters
bool isTable(const nn_call &call);

// The records of one call in a data set.
Result<Table> loadSource(const nn_data &data, const nn_call &call, SplitName split, ReadContext &context);

// A column must have the field's shape, unit axes aside.
Status checkShape(const Column &column, const nn_data &data, const nn_field &field);

// The fields that a source gives, the first ones: those behind them are probabilities of their classes.
uint32_t givenFields(const nn_data &data);

// Shape of one record of the field.
std::vector<int64_t> recordShape(const nn_field &field);
int64_t elementCount(const std::vector<int64_t> &shape);

} // namespace nnrt

#endif
