// What training makes of records, to look at: in each row a record of the training part, and beside it its
// forms in the first epochs.
#ifndef NN_RUNTIME_DATA_REPORT_AUGMENTEDSHEET_H
#define NN_RUNTIME_DATA_REPORT_AUGMENTEDSHEET_H

#include "runtime/data/Preprocess.h"
#include "runtime/data/report/Sheet.h"

namespace nnrt {

// Rows of each field that `augment` changes, and forms beside each original.
constexpr int64_t sheetRecords = 8, sheetForms = 7;

bool hasAugmentations(const nn_data &data);

// Pictures stand as they are before their values are preprocessed; of sounds, which are finished, waveforms
// are lines and matrices pictures with time to the right. Forms are those of epochs 1 to 7, only that
// `mixup` and `cutmix` find their partners on the sheet. `fields` is fitted. A field that is neither a
// picture nor a series is an error.
Result<SheetRows> augmentedRows(const nn_data &data, const Preprocess *fields, const Split &train,
                                uint64_t seed);

} // namespace nnrt

#endif
