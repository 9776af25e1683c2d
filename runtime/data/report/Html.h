// Pieces of a page: text made safe, bytes as a data URI, charts.
#ifndef NN_RUNTIME_DATA_REPORT_HTML_H
#define NN_RUNTIME_DATA_REPORT_HTML_H

#include "runtime/data/report/Summary.h"

namespace nnrt {

// Markup and quotes as entities, control characters as blanks.
std::string escaped(const std::string &text);
std::string base64(const std::string &bytes);

// A histogram, with the ends of its range below it and what each bar counts as its title.
std::string histogramSvg(const FieldSummary &field);
// A bar for each class, divided into the parts.
std::string classBars(const DataSummary &summary, const FieldSummary &field);

} // namespace nnrt

#endif
