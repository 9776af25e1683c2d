// The live line is drawn at most ten times a second and never wider than the terminal, else \r could not take
// it back.
#include "runtime/cli/Progress.h"
#include "runtime/base/Text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace nnrt;

namespace {

constexpr double redrawSeconds = 0.1;
constexpr int barWidth = 20;

int terminalColumns() {
  winsize size = {};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string bar(double part) {
  int full = std::clamp(int(part * barWidth), 0, barWidth);
  std::string text = "[" + std::string(size_t(full), '=') + (full < barWidth ? ">" : "");
  text.resize(barWidth + 1, ' ');
  return text + "]";
}

std::string rateText(int64_t samples, double seconds) {
  return grouped(std::llround(double(samples) / std::max(seconds, 1e-9))) + " samples/s";
}

std::string epochText(int64_t epoch, int64_t epochs) {
  return "epoch " + std::to_string(epoch) + "/" + std::to_string(epochs);
}

} // namespace

std::string nnrt::durationText(double seconds) {
  int64_t whole = int64_t(std::llround(std::clamp(seconds, 0.0, 1e9)));
  char text[64];
  if (whole >= 3600)
    snprintf(text, sizeof text, "%lld:%02lld:%02lld", (long long)whole / 3600, (long long)whole / 60 % 60,
             (long long)whole % 60);
  else
    snprintf(text, sizeof text, "%lld:%02lld", (long long)whole / 60, (long long)whole % 60);
  return text;
}

std::string nnrt::progressLine(const StepReport &report, double epochSeconds, double trainSeconds,
                               int columns) {
  double inEpoch = double(report.step) / double(report.stepsInEpoch);
  double done = (double(report.epoch - 1) + inEpoch) / double(report.epochs);
  std::string line = epochText(report.epoch, report.epochs) + " " + bar(inEpoch) + " step " +
                     std::to_string(report.step) + "/" + std::to_string(report.stepsInEpoch) + "  loss " +
                     brief(report.loss) + "  " + rateText(report.samples, epochSeconds) + "  ETA " +
                     durationText(trainSeconds * (1 - done) / std::max(done, 1e-9));
  return line.substr(0, size_t(std::max(1, columns - 1)));
}

Progress::Progress()
    : live(isatty(STDERR_FILENO)), trainStart(Clock::now()), epochStart(trainStart), lastStep(trainStart),
      lastDrawn(trainStart) {}

double Progress::secondsSince(Clock::time_point start) const {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void Progress::onStep(const StepReport &report) {
  lastStep = Clock::now();
  if (!live || secondsSince(lastDrawn) < redrawSeconds)
    return;
  lastDrawn = lastStep;
  std::string line =
      progressLine(report, secondsSince(epochStart), secondsSince(trainStart), terminalColumns());
  fprintf(stderr, "\r\033[K%s", line.c_str());
  fflush(stderr);
  lineOpen = true;
}

void Progress::onEpoch(const EpochReport &report) {
  std::string line = epochText(report.epoch, report.epochs);
  for (const NamedValue &term : report.terms)
    line += "  " + term.name + " " + brief(term.value);
  if (report.validation) {
    line += "  validation:";
    for (const auto *values : {&report.validation->terms, &report.validation->measures})
      for (const NamedValue &value : *values)
        line += " " + value.name + " " + brief(value.value);
  }
  // The rate is that of training; the time is that of the epoch, with its validation.
  line += "  " + rateText(report.samples, std::chrono::duration<double>(lastStep - epochStart).count());
  double seconds = secondsSince(epochStart);
  char time[32];
  snprintf(time, sizeof time, "  %.1f s", seconds);
  line += seconds < 60 ? time : "  " + durationText(seconds);
  fprintf(stderr, "%s%s\n", live ? "\r\033[K" : "", line.c_str());
  lineOpen = false;
  epochStart = Clock::now();
}

void Progress::close() {
  if (lineOpen)
    fputc('\n', stderr);
  lineOpen = false;
}
