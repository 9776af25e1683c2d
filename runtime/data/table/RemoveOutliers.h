#ifndef NN_RUNTIME_DATA_TABLE_REMOVEOUTLIERS_H
#define NN_RUNTIME_DATA_TABLE_REMOVEOUTLIERS_H

#include "runtime/data/Preprocess.h"

namespace nnrt {

// Takes the records out of the training part that `outliers` of any of its fields does not keep: each is
// fitted on all of the part. Tells how many these were.
Status removeOutliers(Preprocess *fields, Split &train);

} // namespace nnrt

#endif
