// Dates as tables write them, as seconds since 1970-01-01 00:00 (UTC when a zone is given).
#ifndef NN_RUNTIME_DATA_DATE_H
#define NN_RUNTIME_DATA_DATE_H

#include <array>
#include <optional>
#include <string_view>

namespace nnrt {

// `2015-03-31`, `2015-03`, `2015/3/31`, `20150331`; `3/31/2015` (month first); `31.3.2015` (day first);
// `Mar 31 2015`, `31 March 2015`; a time may follow behind a blank or `T`: `14:05`, `14:05:09.5`, with `Z` or
// `+02:00`. Days must exist.
std::optional<double> parseDate(std::string_view text);
// What parseDate reads, for messages.
constexpr const char *dateForms =
    "a date as `2015-03-31`, `3/31/2015`, `31.3.2015` or `Mar 31 2015`, with or "
    "without a time";

// The place in a cycle, as sine and cosine of its angle. A day begins at midnight, a week on Monday, a month
// and a year on their first day; each month and year has its own length.
enum class CalendarCycle { day, week, month, year };
std::array<double, 2> calendarAngle(double seconds, CalendarCycle cycle);

} // namespace nnrt

#endif
