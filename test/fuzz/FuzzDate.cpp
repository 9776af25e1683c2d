#include "runtime/data/Date.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

using namespace nnrt;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto seconds = parseDate({reinterpret_cast<const char *>(data), size});
  if (!seconds)
    return 0;
  for (CalendarCycle cycle :
       {CalendarCycle::day, CalendarCycle::week, CalendarCycle::month, CalendarCycle::year}) {
    auto [sine, cosine] = calendarAngle(*seconds, cycle);
    if (std::fabs(sine * sine + cosine * cosine - 1) > 1e-9)
      abort();
  }
  return 0;
}
