// Times of layers come from the marks of compiled code; what an entry does between them is the rest.
#include "runtime/train/Profile.h"
#include "runtime/abi/Mark.h"

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
  const std::vector<int64_t> &times = markedTimes();
  auto add = [&](const char *name, double milliseconds) {
    double all = millisecondsOf(batches + entries);
    if (milliseconds > 0)
      rows.push_back({name, milliseconds / double(counted), all > 0 ? milliseconds / all : 0});
  };
  for (uint32_t i = 0; i < program.check_count; ++i)
    add(program.checks[i], double(times[i]) * 1e-6);
  int64_t inLayers = std::accumulate(times.begin(), times.end() - 1, int64_t(0));
  add("batches", millisecondsOf(batches));
  add("rest", millisecondsOf(entries) - double(inLayers) * 1e-6);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row &a, const Row &b) { return a.milliseconds > b.milliseconds; });
  return rows;
}
