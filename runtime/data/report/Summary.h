// What `./model data` tells of a data set, apart from how it is written down.
#ifndef NN_RUNTIME_DATA_REPORT_SUMMARY_H
#define NN_RUNTIME_DATA_REPORT_SUMMARY_H

#include "runtime/data/Cleaning.h"
#include "runtime/data/report/Numbers.h"
#include "runtime/data/report/Repeats.h"

#include <optional>
#include <utility>

namespace nnrt {

// A class, a category, a character: how often it is there in each part.
struct ClassCount {
  std::string text;
  std::vector<int64_t> counts;
  int64_t total() const;
};

struct Picture {
  std::string caption, png;
};

struct FieldSummary {
  std::string name, type;
  int64_t cells = 0, missing = 0; // missing ones among them, before anything is filled in
  bool isDate = false;
  bool hasOutliers = false;       // whether outliers of it mean something: not those of pixels
  std::optional<Numbers> numbers; // of numbers and dates
  std::vector<ClassCount> classes;
  std::vector<std::string> firstCells; // of the first records; empty where they are large
  std::vector<Picture> pictures;
};

struct DataSummary {
  std::string name;
  std::vector<std::pair<std::string, std::string>> sources; // `train`, `csv("…")`
  std::vector<std::pair<std::string, int64_t>> parts;       // `train`, its records
  int64_t windowLength = 0;                                 // rows of a record that is a window, else 0
  Repeats repeats;
  Cleaning cleaning;
  int64_t skipped = 0;  // bad records
  int64_t outliers = 0; // records that `outliers` takes out of the training part
  std::string problem;  // why preprocessing cannot be fitted or applied, if so
  std::vector<FieldSummary> fields;

  int64_t records() const;
};

// Describes the parts of a data set, `cleaning`, `skipped`, `outliers` and `problem` aside. With `pictures`,
// images of the first records are encoded.
DataSummary summarize(const nn_data &data, const std::vector<Part> &parts, bool pictures);

} // namespace nnrt

#endif
