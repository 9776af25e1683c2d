#include "runtime/data/report/Numbers.h"
#include "runtime/data/report/OrderStatistics.h"

#include <cmath>

using namespace nnrt;

namespace {

constexpr double most = 30; // parts of a histogram

// Parts of whole numbers are as wide as a whole number, so that each has as many of them.
void chooseBins(Numbers &numbers, bool areWhole) {
  double range = numbers.largest - numbers.smallest;
  double width = areWhole ? std::ceil((range + 1) / most) : range / most;
  double count = areWhole ? std::ceil((range + 1) / width) : range > 0 ? most : 1;
  numbers.binWidth = width;
  numbers.histogram.assign(size_t(std::clamp(count, 1.0, most)), 0);
}

void addRange(const FieldValues &values, Numbers &numbers, bool &areWhole) {
  double sum = 0;
  numbers.smallest = INFINITY;
  numbers.largest = -INFINITY;
  areWhole = true;
  values.each([&](double value) {
    if (!std::isfinite(value)) {
      ++numbers.missing;
      return;
    }
    ++numbers.count;
    sum += value;
    numbers.smallest = std::min(numbers.smallest, value);
    numbers.largest = std::max(numbers.largest, value);
    areWhole = areWhole && value == std::floor(value);
  });
  if (numbers.count == 0)
    numbers.smallest = numbers.largest = 0;
  else
    numbers.mean = sum / double(numbers.count);
}

// Deviation, outliers and histogram, which need what the passes before have found.
void addSpread(const FieldValues &values, Numbers &numbers) {
  double squares = 0, reach = 1.5 * (numbers.upperQuartile - numbers.lowerQuartile);
  double last = double(numbers.histogram.size()) - 1;
  values.each([&](double value) {
    if (!std::isfinite(value))
      return;
    squares += (value - numbers.mean) * (value - numbers.mean);
    numbers.outliers += value < numbers.lowerQuartile - reach || value > numbers.upperQuartile + reach;
    double bin = last > 0 ? (value - numbers.smallest) / numbers.binWidth : 0;
    ++numbers.histogram[size_t(bin < last ? bin : last)]; // the last also where the range is infinite
  });
  numbers.sd = std::sqrt(squares / double(numbers.count));
}

} // namespace

Numbers nnrt::numbersOf(const FieldValues &values) {
  Numbers numbers;
  bool areWhole;
  addRange(values, numbers, areWhole);
  if (numbers.count == 0)
    return numbers;
  std::vector<double> found = quantiles(values, numbers.count, {0.25, 0.5, 0.75});
  numbers.lowerQuartile = found[0];
  numbers.median = found[1];
  numbers.upperQuartile = found[2];
  chooseBins(numbers, areWhole);
  addSpread(values, numbers);
  return numbers;
}
