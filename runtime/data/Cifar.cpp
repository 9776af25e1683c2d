// Planes become pixels, as all images of a Table.
#include "runtime/data/Cifar.h"

#include <algorithm>

using namespace nnrt;

namespace {

constexpr size_t pixels = 32 * 32, imageBytes = 3 * pixels, recordsAtOnce = 32;

Status checkLabel(uint8_t label, int classes, const std::string &place) {
  if (label < classes)
    return Done{};
  return dataError(place + ": label " + std::to_string(label) + " is not in class(" +
                   std::to_string(classes) + ")");
}

} // namespace

CifarRecords::CifarRecords(CifarForm form, const std::string &origin)
    : form(form), images(origin, {32, 32, 3}, imageBytes + labelBytes()),
      labels(origin, {}, imageBytes + labelBytes()), coarse(origin, {}, imageBytes + labelBytes()) {}

Status CifarRecords::checkLabels(const uint8_t *record, const std::string &place) const {
  if (form == CifarForm::ten)
    return checkLabel(record[0], 10, place);
  NNRT_TRY(checkLabel(record[0], 20, place));
  return checkLabel(record[1], 100, place);
}

Status CifarRecords::appendRecord(const uint8_t *record) {
  if (form == CifarForm::hundred)
    NNRT_TRY(coarse.append(record));
  NNRT_TRY(labels.append(record + labelBytes() - 1));
  const uint8_t *planes = record + labelBytes();
  uint8_t image[imageBytes];
  for (size_t pixel = 0; pixel < pixels; ++pixel)
    for (size_t channel = 0; channel < 3; ++channel)
      image[pixel * 3 + channel] = planes[channel * pixels + pixel];
  return images.append(image);
}

Status CifarRecords::append(const ReadBytes &bytes, const std::string &name, const OnBadRecord &bad) {
  size_t recordBytes = labelBytes() + imageBytes;
  Bytes piece(recordsAtOnce * recordBytes);
  for (size_t number = 1;;) {
    NNRT_ASSIGN(size_t got, bytes(piece.data(), piece.size()));
    if (got == 0)
      return number > 1 ? Status(Done{}) : dataError("`" + name + "` holds no records");
    for (size_t at = 0; at < got; at += recordBytes, ++number) {
      std::string place = "`" + name + "`: record " + std::to_string(number);
      size_t there = std::min(recordBytes, got - at);
      Status good = there == recordBytes
                        ? checkLabels(&piece[at], place)
                        : dataError(place + " is truncated: it has " + std::to_string(there) + " bytes of " +
                                    std::to_string(recordBytes));
      NNRT_TRY(good ? appendRecord(&piece[at]) : bad(good.error()));
    }
  }
}

Result<Table> CifarRecords::finish() {
  Table table;
  table.records = labels.records();
  for (ColumnWriter<uint8_t> *writer : {&images, &labels, &coarse})
    if (writer != &coarse || form == CifarForm::hundred) {
      NNRT_ASSIGN(Column column, writer->finish());
      table.columns.push_back(std::move(column));
    }
  return table;
}

std::vector<std::string> nnrt::cifarFiles(CifarForm form, bool ofTest) {
  if (form == CifarForm::hundred)
    return {ofTest ? "test.bin" : "train.bin"};
  if (ofTest)
    return {"test_batch.bin"};
  std::vector<std::string> names;
  for (char number = '1'; number <= '5'; ++number)
    names.push_back(std::string("data_batch_") + number + ".bin");
  return names;
}
