// CIFAR's binary records in both forms, once ending at the first bad record and once leaving bad ones out.
#include "runtime/data/Cifar.h"

#include <cstdint>

using namespace nnrt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  std::string_view text(reinterpret_cast<const char *>(bytes), count);
  auto refuse = [](Error error) -> Status { return error; };
  auto skip = [](Error) -> Status { return Done{}; };
  for (CifarForm form : {CifarForm::ten, CifarForm::hundred})
    for (const OnBadRecord &bad : {OnBadRecord(refuse), OnBadRecord(skip)}) {
      CifarRecords records(form);
      if (records.append(text, "input", bad))
        std::move(records).table("input");
    }
  return 0;
}
