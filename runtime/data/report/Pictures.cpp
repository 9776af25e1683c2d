#include "runtime/data/report/Pictures.h"
#include "runtime/data/image/PngWrite.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

std::optional<std::string> nnrt::pngOf(const Column &column, const std::vector<int64_t> &shape,
                                       int64_t record) {
  Image image{shape[0], shape[1], shape[2], Bytes(size_t(column.width))};
  std::vector<double> values(size_t(column.width));
  for (size_t i = 0; i < values.size(); ++i)
    if (double value = column.at(record, int64_t(i)); std::isfinite(value))
      values[i] = value;
  double low = 0, range = 255;
  if (!column.isBytes()) {
    auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
    low = *smallest;
    range = *largest > low ? *largest - low : 1;
  }
  for (size_t i = 0; i < values.size(); ++i)
    image.pixels[i] = uint8_t(std::lround(255 * (values[i] - low) / range));
  Result<std::string> png = encodePng(image);
  return png ? std::optional(std::move(*png)) : std::nullopt;
}
