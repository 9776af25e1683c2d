// Days are counted in the proleptic Gregorian calendar, with years that begin in March so that the leap day
// is the last: Howard Hinnant, "chrono-compatible low-level date algorithms", 2013.
#include "runtime/data/Date.h"
#include "runtime/data/DateText.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>

using namespace nnrt;

namespace {

constexpr double secondsPerDay = 86400;

struct Day {
  int64_t year = 0;
  unsigned month = 0, day = 1;
};

int64_t daysOf(Day date) {
  int64_t year = date.year - (date.month <= 2);
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t yearOfEra = year - era * 400;
  int64_t dayOfYear = (153 * (int64_t(date.month) + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

Day dayOf(int64_t days) {
  days += 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  int64_t dayOfEra = days - era * 146097;
  int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  int64_t shifted = (5 * dayOfYear + 2) / 153;
  unsigned month = unsigned(shifted < 10 ? shifted + 3 : shifted - 9);
  return {yearOfEra + era * 400 + (month <= 2), month, unsigned(dayOfYear - (153 * shifted + 2) / 5 + 1)};
}

bool isLeap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

bool exists(Day date) {
  constexpr unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.month < 1 || date.month > 12 || date.day < 1)
    return false;
  return date.day <= lengths[date.month - 1] + (date.month == 2 && isLeap(date.year));
}

class Reader {
public:
  explicit Reader(std::string_view text) : rest(text) {}

  bool atEnd() const { return rest.empty(); }
  bool isDigit() const { return !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; }
  char peek() const { return rest.empty() ? '\0' : rest[0]; }
  bool take(char sign) {
    bool found = peek() == sign && !rest.empty();
    if (found)
      rest.remove_prefix(1);
    return found;
  }
  void skipBlanks() {
    while (take(' ') || take(',')) {
    }
  }
  // A number of digits, at most `most`; how many there were goes to `digits`.
  std::optional<unsigned> number(size_t most, size_t *digits = nullptr) {
    size_t count = 0;
    unsigned value = 0;
    for (; isDigit() && count < most; ++count) {
      value = value * 10 + unsigned(rest[0] - '0');
      rest.remove_prefix(1);
    }
    if (digits)
      *digits = count;
    return count && !isDigit() ? std::optional(value) : std::nullopt;
  }
  // A month by its English name or the first three letters of it.
  std::optional<unsigned> monthName() {
    constexpr std::string_view names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};
    size_t length = 0;
    auto lower = [](char c) { return char(c | 0x20); };
    while (length < rest.size() && lower(rest[length]) >= 'a' && lower(rest[length]) <= 'z')
      ++length;
    for (unsigned month = 0; month < 12; ++month) {
      bool same = length == 3 || length == names[month].size();
      for (size_t i = 0; same && i < length; ++i)
        same = lower(rest[i]) == names[month][i];
      if (!same)
        continue;
      rest.remove_prefix(length);
      return month + 1;
    }
    return std::nullopt;
  }
  std::string_view rest;
};

using MaybeDay = std::optional<Day>;

MaybeDay dayFrom(std::optional<unsigned> year, std::optional<unsigned> month, std::optional<unsigned> day) {
  return year && month && day ? MaybeDay({int64_t(*year), *month, *day}) : std::nullopt;
}

// `2015-03-31`, `2015-03`, behind the year.
MaybeDay yearFirst(Reader &in, unsigned year) {
  char sign = in.peek();
  if (!in.take('-') && !in.take('/') && !in.take('.'))
    return std::nullopt;
  auto month = in.number(2);
  return dayFrom(year, month, in.take(sign) ? in.number(2) : 1);
}

// `Mar 31 2015`.
MaybeDay monthNameFirst(Reader &in) {
  auto month = in.monthName();
  in.skipBlanks();
  auto day = in.number(2);
  in.skipBlanks();
  return dayFrom(in.number(4), month, day);
}

MaybeDay readDay(Reader &in) {
  if (!in.isDigit())
    return monthNameFirst(in);
  size_t digits = 0;
  auto first = in.number(8, &digits);
  if (!first)
    return std::nullopt;
  if (digits == 8)
    return Day{*first / 10000, *first / 100 % 100, *first % 100};
  if (digits == 4)
    return yearFirst(in, *first);
  if (digits > 2)
    return std::nullopt;
  char sign = in.peek();
  if (in.take('/') || in.take('.')) {
    auto second = in.number(2);
    auto year = in.take(sign) ? in.number(4, &digits) : std::nullopt;
    if (digits != 4)
      return std::nullopt;
    return sign == '/' ? dayFrom(year, first, second) : dayFrom(year, second, first);
  }
  in.skipBlanks();
  in.take('-');
  auto month = in.monthName();
  in.skipBlanks();
  in.take('-');
  return dayFrom(in.number(4), month, first);
}

// `14:05:09.5`, in seconds.
std::optional<double> readTime(Reader &in) {
  auto hours = in.number(2);
  auto minutes = in.take(':') ? in.number(2) : std::nullopt;
  if (!hours || !minutes || *hours > 24 || *minutes > 59)
    return std::nullopt;
  double seconds = 0;
  if (in.take(':')) {
    auto [end, failure] =
        std::from_chars(in.rest.data(), in.rest.data() + in.rest.size(), seconds, std::chars_format::fixed);
    if (failure != std::errc() || !(seconds >= 0 && seconds < 61))
      return std::nullopt;
    in.rest.remove_prefix(size_t(end - in.rest.data()));
  }
  return *hours * 3600.0 + *minutes * 60.0 + seconds;
}

// Nothing, `Z`, `+02:00`, `-0530`: seconds east of UTC.
std::optional<double> readZone(Reader &in) {
  if (in.atEnd() || in.take('Z'))
    return 0;
  double sign = in.peek() == '-' ? -1 : 1;
  if (!in.take('+') && !in.take('-'))
    return std::nullopt;
  size_t digits = 0;
  auto hours = in.number(4, &digits);
  if (!hours || (digits != 2 && digits != 4))
    return std::nullopt;
  if (digits == 4)
    return sign * (*hours / 100 * 3600.0 + *hours % 100 * 60.0);
  auto minutes = in.take(':') ? in.number(2) : std::optional<unsigned>(0);
  return minutes ? std::optional(sign * (*hours * 3600.0 + *minutes * 60.0)) : std::nullopt;
}

} // namespace

std::optional<double> nnrt::parseDate(std::string_view text) {
  Reader in(text);
  auto day = readDay(in);
  if (!day || !exists(*day))
    return std::nullopt;
  double seconds = double(daysOf(*day)) * secondsPerDay;
  if (in.atEnd())
    return seconds;
  if (!in.take('T') && !in.take(' '))
    return std::nullopt;
  in.skipBlanks();
  auto time = readTime(in);
  in.skipBlanks();
  auto zone = time ? readZone(in) : std::nullopt;
  return zone && in.atEnd() ? std::optional(seconds + *time - *zone) : std::nullopt;
}

std::string nnrt::dateText(double seconds) {
  double days = std::floor(seconds / secondsPerDay);
  Day day = dayOf(int64_t(days));
  auto rest = int(seconds - days * secondsPerDay);
  char buffer[96];
  int length = snprintf(buffer, sizeof buffer, "%04lld-%02u-%02u", (long long)day.year, day.month, day.day);
  if (rest)
    snprintf(buffer + length, sizeof buffer - size_t(length), " %02d:%02d:%02d", rest / 3600, rest / 60 % 60,
             rest % 60);
  return buffer;
}

std::array<double, 2> nnrt::calendarAngle(double seconds, CalendarCycle cycle) {
  double days = seconds / secondsPerDay;
  double begin = std::floor(days), length = 1;
  if (cycle == CalendarCycle::week) { // 1970-01-01 was a Thursday
    begin = std::floor((days + 3) / 7) * 7 - 3;
    length = 7;
  } else if (cycle != CalendarCycle::day) {
    Day date = dayOf(int64_t(begin));
    bool isYear = cycle == CalendarCycle::year;
    Day first{date.year, isYear ? 1 : date.month, 1};
    bool lastMonth = isYear || date.month == 12;
    Day next{date.year + lastMonth, lastMonth ? 1 : date.month + 1, 1};
    begin = double(daysOf(first));
    length = double(daysOf(next)) - begin;
  }
  double angle = 2 * M_PI * (days - begin) / length;
  return {std::sin(angle), std::cos(angle)};
}
