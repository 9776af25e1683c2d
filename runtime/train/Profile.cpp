// Times of layers come from the marks of compiled code; what an entry does between them is the rest.
#include "runtime/train/Profile.h"

#include <algorithm>
#include <numeric>

using namespace nnrt;

namespace {

double millisecondsOf(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

} // namespace

void Profile::beginStep() {
  if (!isWarm) {
    batches = entries = {};
    counted = 0;
    resetMarks();
    isWarm = hasBegun;
    hasBegun = true;
  }
  stepStart = Clock::now();
}

void Profile::beginEntry() {
  entryStart = Clock::now();
  batches += entryStart - stepStart;
  beginMarks();
}

void Profile::endStep() {
  entries += Clock::now() - entryStart;
  ++counted;
}

std::vector<Profile::Row> Profile::rows(const nn_program &program) const {
  std::vector<Row> rows;
  if (counted == 0)
    return rows;
  const std::vector<StageTimes> &times = markedTimes();
  double all = millisecondsOf(batches + entries), inLayers = 0;
  auto add = [&](const char *name, const StageTimes &stages, double total) {
    Row row = {name, {}, total / double(counted), all > 0 ? total / all : 0};
    std::transform(stages.begin(), stages.end(), row.milliseconds.begin(),
                   [&](int64_t time) { return double(time) * 1e-6 / double(counted); });
    if (total > 0)
      rows.push_back(row);
  };
  for (uint32_t i = 0; i < program.check_count; ++i) {
    double total = double(std::accumulate(times[i].begin(), times[i].end(), int64_t(0))) * 1e-6;
    inLayers += total;
    add(program.checks[i], times[i], total);
  }
  add("batches", {}, millisecondsOf(batches));
  add("rest", times.back(), millisecondsOf(entries) - inLayers);
  std::stable_sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) { return a.total > b.total; });
  return rows;
}
