#include "runtime/data/report/AugmentedSheet.h"
#include "runtime/base/Text.h"
#include "runtime/data/augment/SetAugment.h"
#include "runtime/data/table/CellFiller.h"

#include <algorithm>

using namespace nnrt;

namespace {

// Fewer values in a row are no series.
constexpr int64_t shortestSeries = 8;

enum class Look { picture, matrix, series };

std::optional<Look> lookOf(const nn_data &data, const nn_field &field) {
  std::vector<int64_t> shape = recordShape(field);
  if (isTableField(field))
    return shape[0] >= shortestSeries && data.windows.name ? std::optional(Look::series) : std::nullopt;
  if (isSound(data, field))
    return shape.size() == 2 && shape[1] > 1 ? Look::matrix : Look::series;
  if (shape.size() == 3 && (shape[2] == 1 || shape[2] == 3))
    return Look::picture;
  if (shape.size() == 2 && shape[0] > 1 && shape[1] > 1)
    return Look::picture;
  return elementCount(shape) >= shortestSeries && shape.size() < 3 ? std::optional(Look::series)
                                                                   : std::nullopt;
}

// The records of one field, and how they are drawn.
class FieldRows {
public:
  FieldRows(const nn_data &data, uint32_t place, const Preprocess &preprocess, const Column &column,
            const SetAugment &changes)
      : field(data.fields[place]), place(place), preprocess(preprocess), column(column), changes(changes) {}

  Doubles original(int64_t record) const;
  // Of a row in a batch.
  Doubles form(const std::vector<BatchRow> &batch, int64_t row) const;
  Image draw(Look look, const Doubles &values, const Doubles &original) const;

private:
  Doubles window(const CellFiller &cells, int64_t record) const;
  template <class T> Doubles changed(const RowsToFill &rows, int64_t row) const {
    std::vector<T> values;
    changes.change(place, column, rows, row, values);
    return Doubles(values.begin(), values.end());
  }
  Image picture(const Doubles &values, double low, double high) const;
  Doubles firstOfRows(const Doubles &values) const;

  const nn_field &field;
  uint32_t place;
  const Preprocess &preprocess;
  const Column &column;
  const SetAugment &changes;
};

Doubles FieldRows::window(const CellFiller &cells, int64_t record) const {
  Doubles values(size_t(cells.rows() * cells.width()));
  for (int64_t row = 0; row < cells.rows(); ++row)
    cells.finish(record, row, values.data() + row * cells.width());
  return values;
}

Doubles FieldRows::original(int64_t record) const {
  if (isTableField(field))
    return window(CellFiller(column, preprocess), record);
  Doubles values;
  column.visit(record, [&](const auto *raw) { values.assign(raw, raw + column.width); });
  if (preprocess.sound())
    for (size_t i = 0; i < values.size(); ++i)
      values[i] = preprocess.apply(values[i], int64_t(i) % preprocess.channels());
  return values;
}

Doubles FieldRows::form(const std::vector<BatchRow> &batch, int64_t row) const {
  if (isTableField(field)) {
    CellFiller cells(column, preprocess);
    Doubles values = window(cells, batch[size_t(row)].record);
    changes.column(place)->apply(values, cells.rows(), changes.keyOf(batch[size_t(row)]));
    return values;
  }
  if (preprocess.sound())
    return preprocess.changedSound(column, changes.keyOf(batch[size_t(row)]));
  RowsToFill rows{batch.data(), int64_t(batch.size()), row, 1};
  if (column.isBytes())
    return changed<uint8_t>(rows, row);
  bool isFloats = column.isFloats();
  return isFloats ? changed<float>(rows, row) : changed<double>(rows, row);
}

Image FieldRows::picture(const Doubles &values, double low, double high) const {
  PictureShape shape = pictureShapeOf(field);
  Image image{shape.height, shape.width, shape.channels, Bytes(values.size())};
  std::transform(values.begin(), values.end(), image.pixels.begin(),
                 [&](double value) { return shadeOf(value, low, high); });
  return image;
}

// [frames, width] with time to the right and the first of the width below.
Image turned(const Image &matrix) {
  Image image{matrix.width, matrix.height, 1, Bytes(matrix.pixels.size())};
  for (int64_t frame = 0; frame < matrix.height; ++frame)
    for (int64_t k = 0; k < matrix.width; ++k)
      image.pixels[size_t((matrix.width - 1 - k) * matrix.height + frame)] =
          matrix.pixels[size_t(frame * matrix.width + k)];
  return image;
}

// Of a series with several values at a time, the first.
Doubles FieldRows::firstOfRows(const Doubles &values) const {
  std::vector<int64_t> shape = recordShape(field);
  Doubles firsts;
  for (size_t i = 0; i < values.size(); i += size_t(shape.size() == 2 ? shape[1] : 1))
    firsts.push_back(values[i]);
  return firsts;
}

// All of a row has the scale of its original.
Image FieldRows::draw(Look look, const Doubles &values, const Doubles &original) const {
  double low = 0, high = 255;
  if (!column.isBytes()) {
    auto [smallest, largest] = std::minmax_element(original.begin(), original.end());
    low = *smallest;
    high = *largest;
  }
  if (look == Look::series)
    return linePlot(firstOfRows(values), low, high);
  Image image = picture(values, low, high);
  if (look == Look::matrix)
    image = turned(image);
  return enlarged(image, enlargementOf(image.height, image.width));
}

// Evenly over the part: a folder of images comes class by class.
std::vector<int64_t> recordsShown(const Split &train) {
  std::vector<int64_t> records;
  int64_t count = std::min(train.size(), sheetRecords);
  for (int64_t i = 0; i < count; ++i)
    records.push_back(train.records[i * train.size() / count]);
  return records;
}

void addRows(const FieldRows &field, Look look, const std::vector<int64_t> &records, SheetRows &rows) {
  for (size_t row = 0; row < records.size(); ++row) {
    Doubles original = field.original(records[row]);
    std::vector<Image> tiles = {field.draw(look, original, original)};
    for (uint32_t epoch = 1; epoch <= sheetForms; ++epoch) {
      std::vector<BatchRow> batch;
      for (int64_t record : records)
        batch.push_back({record, epoch});
      tiles.push_back(field.draw(look, field.form(batch, int64_t(row)), original));
    }
    rows.push_back(std::move(tiles));
  }
}

} // namespace

bool nnrt::hasAugmentations(const nn_data &data) {
  return std::any_of(data.fields, data.fields + data.field_count,
                     [](const nn_field &field) { return field.augment_count > 0; });
}

Result<SheetRows> nnrt::augmentedRows(const nn_data &data, const Preprocess *fields, const Split &train,
                                      uint64_t seed) {
  NNRT_ASSIGN(SetAugment changes, SetAugment::of(data, seed));
  std::vector<int64_t> records = recordsShown(train);
  SheetRows rows;
  for (uint32_t i = 0; i < data.field_count; ++i) {
    const nn_field &field = data.fields[i];
    if (field.augment_count == 0)
      continue;
    std::optional<Look> look = lookOf(data, field);
    if (!look)
      return usageError(std::string("--augmented draws pictures and series; records of field `") +
                        field.name + "` of data set `" + data.name + "` have shape " +
                        shapeText(recordShape(field)));
    addRows({data, i, fields[i], train.table->columns[i], changes}, *look, records, rows);
  }
  return rows;
}
