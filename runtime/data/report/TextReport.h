#ifndef NN_RUNTIME_DATA_REPORT_TEXTREPORT_H
#define NN_RUNTIME_DATA_REPORT_TEXTREPORT_H

#include "runtime/data/report/Summary.h"

namespace nnrt {

// For a terminal of 100 columns.
std::string textReport(const DataSummary &summary);

} // namespace nnrt

#endif
