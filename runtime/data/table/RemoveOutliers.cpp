#include "runtime/data/table/RemoveOutliers.h"

#include <algorithm>
#include <cstdio>

using namespace nnrt;

Status nnrt::removeOutliers(Preprocess *fields, Split &train) {
  std::vector<bool> leaves(size_t(train.records.size()));
  for (size_t i = 0; i < train.table->columns.size(); ++i)
    if (fields[i].leavesOut())
      NNRT_TRY(fields[i].markOutliers(train.table->columns[i], train.records, leaves));
  int64_t count = std::count(leaves.begin(), leaves.end(), true);
  if (count == 0)
    return Done{};
  const std::string &origin = train.table->columns[0].origin;
  if (count == train.size())
    return dataError("`" + origin + "`: `outliers` leaves no record of the training part");
  Indices kept;
  size_t place = 0;
  for (int64_t record : train.records)
    if (!leaves[place++])
      kept.push_back(record);
  train.records = std::move(kept);
  fprintf(stderr, "`%s`: `outliers` leaves out %lld records of the training part\n", origin.c_str(),
          static_cast<long long>(count));
  return Done{};
}
