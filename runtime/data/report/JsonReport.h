#ifndef NN_RUNTIME_DATA_REPORT_JSONREPORT_H
#define NN_RUNTIME_DATA_REPORT_JSONREPORT_H

#include "runtime/base/Json.h"
#include "runtime/data/report/Summary.h"

namespace nnrt {

// All numbers as they are, for programs.
OrderedJson jsonReport(const DataSummary &summary);

} // namespace nnrt

#endif
