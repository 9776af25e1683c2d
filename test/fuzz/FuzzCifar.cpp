// CIFAR's binary records in both forms, once ending at the first bad record and once leaving bad ones out.
#include "runtime/data/Cifar.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

using namespace nnrt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  auto refuse = [](Error error) -> Status { return error; };
  auto skip = [](Error) -> Status { return Done{}; };
  for (CifarForm form : {CifarForm::ten, CifarForm::hundred})
    for (const OnBadRecord &bad : {OnBadRecord(refuse), OnBadRecord(skip)}) {
      CifarRecords records(form, "input");
      size_t position = 0;
      auto read = [&](void *buffer, size_t wanted) -> Result<size_t> {
        size_t got = std::min(wanted, count - position);
        if (got)
          memcpy(buffer, bytes + position, got);
        position += got;
        return got;
      };
      if (records.append(read, "input", bad))
        (void)records.finish();
    }
  return 0;
}
