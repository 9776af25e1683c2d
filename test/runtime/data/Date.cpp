// Dates in every form that is read, and places in cycles against values worked out by hand.
#include "runtime/data/Date.h"
#include "runtime/data/DateText.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace nnrt;

namespace {
constexpr double day = 86400;
double dateOf(const char *text) { return parseDate(text).value_or(NAN); }
} // namespace

TEST(Date, EveryFormIsTheSameDay) {
  for (const char *text :
       {"1981-01-02", "1981/1/2", "1981.01.02", "19810102", "1/2/1981", "01/02/1981", "2.1.1981",
        "Jan 2 1981", "January 2, 1981", "2 Jan 1981", "02-Jan-1981", "2 january 1981", "1981-01-02T00:00",
        "1981-01-02 00:00:00", "1981-01-02T02:00+02:00", "1981-01-01 18:30:00 -0530", "1981-01-02T00:00:00Z"})
    EXPECT_EQ(dateOf(text), 4019 * day) << text;
}

TEST(Date, CountsFrom1970) {
  EXPECT_EQ(dateOf("1970-01-01"), 0);
  EXPECT_EQ(dateOf("1969-12-31T23:59:58.5"), -1.5);
  EXPECT_EQ(dateOf("2000-03-01") - dateOf("2000-02-28"), 2 * day);
  EXPECT_EQ(dateOf("1900-03-01") - dateOf("1900-02-28"), day);
  EXPECT_EQ(dateOf("1949-01"), -7670 * day);
  EXPECT_EQ(dateOf("9999-12-31"), 253402214400.0);
}

TEST(Date, TextReadsBack) {
  for (const char *text : {"1981-01-02", "1969-12-31 23:59:58", "2000-02-29", "9999-12-31 00:00:01"})
    EXPECT_EQ(dateText(dateOf(text)), text);
}

TEST(Date, OtherTextIsNone) {
  for (const char *text : {"", "1981", "1981-13-01", "2001-02-29", "31/3/2015", "1981-01-02x",
                           "1981-01-02T25:00", "1981-01-02 1:60", "x", "Jan", "Janu 2 1981", "1-2-3",
                           "1981-1-2-3", "12345678", "3/31/15", "1981-01-02T00:00+5", "2015-03-31 12:00:nan"})
    EXPECT_FALSE(parseDate(text)) << text;
}

TEST(Date, CyclesBeginWhereTheCalendarDoes) {
  auto expectAngle = [](const char *text, CalendarCycle cycle, double turns) {
    auto angle = calendarAngle(dateOf(text), cycle);
    EXPECT_NEAR(angle[0], std::sin(2 * M_PI * turns), 1e-12) << text;
    EXPECT_NEAR(angle[1], std::cos(2 * M_PI * turns), 1e-12) << text;
  };
  expectAngle("2015-03-31 06:00", CalendarCycle::day, 0.25);
  expectAngle("1960-03-31 18:00", CalendarCycle::day, 0.75);
  expectAngle("2026-11-23", CalendarCycle::week, 0); // a Monday
  expectAngle("1969-12-29", CalendarCycle::week, 0); // before 1970
  expectAngle("2026-11-25 12:00", CalendarCycle::week, 2.5 / 7);
  expectAngle("2016-02-15", CalendarCycle::month, 14.0 / 29);
  expectAngle("2016-12-31", CalendarCycle::year, 365.0 / 366);
  expectAngle("2015-03-01", CalendarCycle::year, 59.0 / 365);
  expectAngle("2015-12-17", CalendarCycle::month, 16.0 / 31);
}
