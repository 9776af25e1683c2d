// Numbers and names as the reports write them.
#ifndef NN_RUNTIME_DATA_REPORT_FORMAT_H
#define NN_RUNTIME_DATA_REPORT_FORMAT_H

#include "runtime/data/report/Summary.h"

namespace nnrt {

// Four significant digits, whole numbers up to ten million in full: 0.08342, 12346, 1.234e+09.
std::string fourDigits(double value);
// `19.87%` of a count.
std::string shareText(int64_t count, int64_t of);
// `177 (19.87%)`; empty for none.
std::string countAndShare(int64_t count, int64_t of);

// Control characters as blanks, and at most so many characters, the last of them an ellipsis where some are
// left out.
std::string clipped(const std::string &text, size_t most);

// A number of the field in its own terms: a date as its day, and as zero what rounding has left of it between
// numbers of both signs.
std::string valueText(const FieldSummary &field, double value);

// `1,309: train 785, validation 131, test 393`.
std::string recordsText(const DataSummary &summary);
// What cleaning removed or filled in, one thing a line.
std::vector<std::string> cleaningLines(const DataSummary &summary);
std::string repeatsText(const DataSummary &summary);
// Of records that the training part has too; empty without any.
std::string leaksText(const DataSummary &summary);

// Classes worth a line: all where they are few, else the most frequent, and what the rest is.
struct ShownClasses {
  std::vector<ClassCount> classes;
  int64_t others = 0; // classes left out
  std::vector<int64_t> otherCounts;
};
ShownClasses shownClasses(const FieldSummary &field, size_t most);

} // namespace nnrt

#endif
