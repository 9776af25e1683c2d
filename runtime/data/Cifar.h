// The binary form of CIFAR-10 and CIFAR-100 (Krizhevsky, "Learning multiple layers of features from tiny
// images", 2009; www.cs.toronto.edu/~kriz/cifar.html): records of labels and 3072 bytes, the red, green and
// blue planes of 32 rows of 32.
#ifndef NN_RUNTIME_DATA_CIFAR_H
#define NN_RUNTIME_DATA_CIFAR_H

#include "runtime/data/ColumnWriter.h"
#include "runtime/data/Tar.h"

#include <functional>
#include <string_view>

namespace nnrt {

// CIFAR-100 has two labels: one of 20 coarse classes, then one of 100 fine ones.
enum class CifarForm { ten, hundred };

// What happens to a record that cannot be used: Done leaves it out, an error ends the reading.
using OnBadRecord = std::function<Status(Error)>;

// Collects the records of one or more files.
class CifarRecords {
public:
  // `origin`, for messages: where the files are.
  CifarRecords(CifarForm form, const std::string &origin);
  // The bytes of one file; `name` is for messages.
  Status append(const ReadBytes &bytes, const std::string &name, const OnBadRecord &bad);
  // Images [32, 32, 3], the (fine) labels, and of CIFAR-100 the coarse labels.
  Result<Table> finish();

private:
  size_t labelBytes() const { return form == CifarForm::ten ? 1 : 2; }
  Status checkLabels(const uint8_t *record, const std::string &place) const;
  Status appendRecord(const uint8_t *record);

  CifarForm form;
  ColumnWriter<uint8_t> images, labels, coarse;
};

// The files of a part, as they are distributed: of the test part `test_batch.bin` or `test.bin`, of training
// `data_batch_1.bin` to `data_batch_5.bin` or `train.bin`.
std::vector<std::string> cifarFiles(CifarForm form, bool ofTest);

} // namespace nnrt

#endif
