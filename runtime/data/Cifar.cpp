// Planes become pixels, as all images of a Table.
#include "runtime/data/Cifar.h"

#include <algorithm>

using namespace nnrt;

namespace {

constexpr size_t pixels = 32 * 32, imageBytes = 3 * pixels;

Status checkLabel(uint8_t label, int classes, const std::string &place) {
  if (label < classes)
    return Done{};
  return dataError(place + ": label " + std::to_string(label) + " is not in class(" +
                   std::to_string(classes) + ")");
}

} // namespace

Status CifarRecords::checkLabels(std::string_view record, const std::string &place) const {
  if (form == CifarForm::ten)
    return checkLabel(uint8_t(record[0]), 10, place);
  NNRT_TRY(checkLabel(uint8_t(record[0]), 20, place));
  return checkLabel(uint8_t(record[1]), 100, place);
}

void CifarRecords::appendImage(std::string_view planes) {
  for (size_t pixel = 0; pixel < pixels; ++pixel)
    for (size_t channel = 0; channel < 3; ++channel)
      images.push_back(uint8_t(planes[channel * pixels + pixel]));
}

Status CifarRecords::append(std::string_view bytes, const std::string &name, const OnBadRecord &bad) {
  size_t labelBytes = form == CifarForm::ten ? 1 : 2, recordBytes = labelBytes + imageBytes;
  if (bytes.empty())
    return dataError("`" + name + "` holds no records");
  for (size_t at = 0, number = 1; at < bytes.size(); at += recordBytes, ++number) {
    std::string place = "`" + name + "`: record " + std::to_string(number);
    std::string_view record = bytes.substr(at, recordBytes);
    Status good = record.size() == recordBytes
                      ? checkLabels(record, place)
                      : dataError(place + " is truncated: it has " + std::to_string(record.size()) +
                                  " bytes of " + std::to_string(recordBytes));
    if (!good) {
      NNRT_TRY(bad(good.error()));
      continue;
    }
    if (form == CifarForm::hundred)
      coarse.push_back(uint8_t(record[0]));
    labels.push_back(uint8_t(record[labelBytes - 1]));
    appendImage(record.substr(labelBytes));
  }
  return Done{};
}

Table CifarRecords::table(const std::string &origin) && {
  Table table;
  table.records = int64_t(labels.size());
  table.columns.push_back({origin, {32, 32, 3}, int64_t(imageBytes), std::move(images)});
  table.columns.push_back({origin, {}, 1, std::move(labels)});
  if (form == CifarForm::hundred)
    table.columns.push_back({origin, {}, 1, std::move(coarse)});
  return table;
}

bool nnrt::isCifarFile(std::string_view name, CifarForm form, bool ofTest) {
  if (form == CifarForm::hundred)
    return name == (ofTest ? "test.bin" : "train.bin");
  if (ofTest)
    return name == "test_batch.bin";
  constexpr std::string_view head = "data_batch_", tail = ".bin";
  return name.size() == head.size() + 1 + tail.size() && name.substr(0, head.size()) == head &&
         name[head.size()] >= '1' && name[head.size()] <= '5' && name.substr(head.size() + 1) == tail;
}
