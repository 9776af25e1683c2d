#ifndef NN_RUNTIME_DATA_REPORT_HTMLREPORT_H
#define NN_RUNTIME_DATA_REPORT_HTMLREPORT_H

#include "runtime/data/report/Summary.h"

namespace nnrt {

// One page that needs no other file: charts are inline SVG, pictures data URIs.
std::string htmlReport(const std::string &program, const std::vector<DataSummary> &summaries);

} // namespace nnrt

#endif
