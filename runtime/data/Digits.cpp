// Digits as a pen writes them: each form is a few strokes through given points; a record moves the points,
// bends, slants, turns, scales and shifts the whole, and draws it with a pen of its own width.
#include "runtime/base/ThreadPool.h"
#include "runtime/data/Generated.h"

#include <algorithm>
#include <cmath>

using namespace nnrt;

namespace {

constexpr int side = 28;
constexpr int64_t recordsPerChunk = 64;

struct Point {
  double x, y; // unit square, y downwards
};
inline Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
inline Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
inline Point operator*(double k, Point a) { return {k * a.x, k * a.y}; }
inline double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }

using Stroke = std::vector<Point>;
struct Form {
  int digit;
  std::vector<Stroke> strokes; // a point that occurs twice joins strokes
};

const std::vector<Form> &forms() {
  static const std::vector<Form> all = {
      {0,
       {{{.55, .05},
         {.26, .18},
         {.12, .52},
         {.27, .86},
         {.52, .95},
         {.79, .79},
         {.88, .45},
         {.75, .14},
         {.50, .06}}}},
      {0,
       {{{.70, .12},
         {.40, .06},
         {.18, .35},
         {.20, .75},
         {.48, .95},
         {.78, .72},
         {.80, .30},
         {.60, .08},
         {.45, .14}}}},
      {1, {{{.50, .05}, {.49, .50}, {.50, .95}}}},
      {1, {{{.28, .28}, {.52, .05}}, {{.52, .05}, {.51, .50}, {.50, .95}}}},
      {1, {{{.30, .26}, {.52, .05}}, {{.52, .05}, {.50, .95}}, {{.25, .95}, {.50, .95}, {.76, .94}}}},
      {2,
       {{{.18, .26}, {.40, .06}, {.72, .12}, {.77, .36}, {.50, .65}, {.14, .93}},
        {{.14, .93}, {.50, .90}, {.88, .93}}}},
      {2,
       {{{.20, .22},
         {.45, .05},
         {.75, .18},
         {.68, .45},
         {.40, .76},
         {.18, .92},
         {.12, .80},
         {.32, .78},
         {.60, .93},
         {.90, .86}}}},
      {3,
       {{{.20, .15}, {.50, .05}, {.77, .20}, {.65, .41}, {.40, .48}},
        {{.40, .48}, {.72, .55}, {.81, .75}, {.55, .95}, {.17, .85}}}},
      {3,
       {{{.20, .08}, {.50, .07}, {.78, .08}},
        {{.78, .08}, {.45, .42}},
        {{.45, .42}, {.76, .52}, {.78, .78}, {.50, .95}, {.18, .84}}}},
      {4,
       {{{.30, .06}, {.22, .32}, {.15, .57}},
        {{.15, .57}, {.50, .55}, {.88, .53}},
        {{.68, .12}, {.67, .50}, {.65, .96}}}},
      {4,
       {{{.64, .05}, {.38, .36}, {.12, .65}},
        {{.12, .65}, {.50, .65}, {.90, .64}},
        {{.64, .05}, {.64, .50}, {.63, .96}}}},
      {5,
       {{{.80, .07}, {.52, .08}, {.30, .08}},
        {{.30, .08}, {.24, .43}},
        {{.24, .43}, {.54, .36}, {.80, .57}, {.69, .86}, {.40, .96}, {.15, .86}}}},
      {5,
       {{{.84, .06},
         {.55, .10},
         {.32, .14},
         {.26, .40},
         {.56, .42},
         {.76, .62},
         {.64, .88},
         {.36, .95},
         {.14, .88}}}},
      {6,
       {{{.70, .06},
         {.40, .20},
         {.20, .55},
         {.25, .85},
         {.50, .95},
         {.76, .80},
         {.70, .58},
         {.45, .54},
         {.23, .72}}}},
      {6,
       {{{.56, .04},
         {.32, .34},
         {.20, .70},
         {.38, .94},
         {.66, .90},
         {.76, .70},
         {.58, .56},
         {.36, .64},
         {.26, .80}}}},
      {7, {{{.14, .10}, {.50, .09}, {.83, .09}}, {{.83, .09}, {.56, .50}, {.40, .95}}}},
      {7,
       {{{.14, .12}, {.50, .09}, {.83, .09}},
        {{.83, .09}, {.58, .50}, {.44, .95}},
        {{.34, .51}, {.54, .50}, {.76, .49}}}},
      {8,
       {{{.72, .15},
         {.46, .05},
         {.25, .22},
         {.50, .46},
         {.76, .70},
         {.54, .95},
         {.26, .79},
         {.42, .54},
         {.72, .30},
         {.70, .13}}}},
      {8,
       {{{.50, .47},
         {.28, .28},
         {.48, .05},
         {.72, .24},
         {.50, .47},
         {.24, .72},
         {.48, .95},
         {.78, .74},
         {.50, .47}}}},
      {9,
       {{{.75, .20}, {.50, .06}, {.25, .20}, {.28, .44}, {.55, .48}, {.75, .20}},
        {{.75, .20}, {.72, .60}, {.62, .96}}}},
      {9,
       {{{.74, .16}, {.46, .05}, {.24, .25}, {.36, .48}, {.66, .40}, {.74, .16}},
        {{.74, .16}, {.76, .58}, {.58, .90}, {.28, .90}}}},
  };
  return all;
}

const Form &chooseForm(int digit, RandomStream &random) {
  std::vector<const Form *> fitting;
  for (const Form &form : forms())
    if (form.digit == digit)
      fitting.push_back(&form);
  return *fitting[random.below(fitting.size())];
}

// Moves every point of the form, the same one the same way in all strokes.
std::vector<Stroke> jitterPoints(const Form &form, RandomStream &random) {
  std::vector<std::pair<Point, Point>> moved;
  auto move = [&](Point point) {
    for (auto &[from, to] : moved)
      if (from.x == point.x && from.y == point.y)
        return to;
    Point to = {point.x + random.normal(0, .033), point.y + random.normal(0, .033)};
    moved.emplace_back(point, to);
    return to;
  };
  std::vector<Stroke> strokes = form.strokes;
  for (Stroke &stroke : strokes)
    for (Point &point : stroke)
      point = move(point);
  return strokes;
}

// How a hand writes this record: unit square to pixels.
struct Hand {
  double turn, slant, width, height, bendX, bendY, phase;
  Point centre;

  explicit Hand(RandomStream &random) {
    turn = std::clamp(random.normal(0, .12), -.35, .35);
    slant = std::clamp(random.normal(.10, .18), -.4, .55);
    height = random.uniform(16.5, 21.5);
    width = height * random.uniform(.58, .92);
    bendX = random.normal(0, .035);
    bendY = random.normal(0, .035);
    phase = random.uniform(0, 2 * M_PI);
    centre = {13.5 + std::clamp(random.normal(0, 1.1), -2.5, 2.5),
              13.5 + std::clamp(random.normal(0, 1.1), -2.5, 2.5)};
  }

  Point place(Point p) const {
    Point bent = {p.x + bendX * std::sin(2 * M_PI * p.y + phase),
                  p.y + bendY * std::sin(2 * M_PI * p.x + phase)};
    double x = (bent.x - .5) * width - (bent.y - .5) * slant * height, y = (bent.y - .5) * height;
    return centre + Point{x * std::cos(turn) - y * std::sin(turn), x * std::sin(turn) + y * std::cos(turn)};
  }
};

// A Catmull-Rom spline through the points of the stroke, as short lines.
Stroke smooth(const Stroke &stroke) {
  constexpr int pieces = 8;
  auto at = [&](int i) { return stroke[size_t(std::clamp(i, 0, int(stroke.size()) - 1))]; };
  Stroke line = {stroke[0]};
  for (int i = 0; i + 1 < int(stroke.size()); ++i)
    for (int piece = 1; piece <= pieces; ++piece) {
      double t = double(piece) / pieces, t2 = t * t, t3 = t2 * t;
      Point a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
      line.push_back(.5 *
                     (2 * b + t * (c - a) + t2 * (2 * a - 5 * b + 4 * c - d) + t3 * (3 * b - a - 3 * c + d)));
    }
  return line;
}

double distanceToSegment(Point p, Point from, Point to) {
  Point along = to - from, offset = p - from;
  double length2 = dot(along, along);
  double t = length2 > 0 ? std::clamp(dot(offset, along) / length2, 0., 1.) : 0.;
  Point rest = offset - t * along;
  return std::sqrt(dot(rest, rest));
}

// Covers the pixels near a line: the edge of the pen fades over about a pixel.
void drawLine(double *ink, Point from, Point to, double radius) {
  double reach = radius + .8;
  int left = std::max(0, int(std::floor(std::min(from.x, to.x) - reach)));
  int right = std::min(side - 1, int(std::ceil(std::max(from.x, to.x) + reach)));
  int top = std::max(0, int(std::floor(std::min(from.y, to.y) - reach)));
  int bottom = std::min(side - 1, int(std::ceil(std::max(from.y, to.y) + reach)));
  for (int y = top; y <= bottom; ++y)
    for (int x = left; x <= right; ++x) {
      double coverage = (reach - distanceToSegment({double(x), double(y)}, from, to)) / 1.6;
      double &pixel = ink[y * side + x];
      pixel = std::max(pixel, std::clamp(coverage, 0., 1.));
    }
}

void drawDigit(RandomStream &random, uint8_t *image, uint8_t &label) {
  label = uint8_t(random.below(10));
  std::vector<Stroke> strokes = jitterPoints(chooseForm(label, random), random);
  Hand hand(random);
  double pen = random.uniform(.7, 1.7), pressure = random.uniform(-.25, .25), tone = random.uniform(.82, 1);
  double ink[side * side] = {};
  for (const Stroke &stroke : strokes) {
    Stroke line = smooth(stroke);
    for (size_t i = 0; i + 1 < line.size(); ++i) {
      double alongStroke = double(i) / double(line.size());
      drawLine(ink, hand.place(line[i]), hand.place(line[i + 1]), pen * (1 + pressure * (alongStroke - .5)));
    }
  }
  for (int i = 0; i < side * side; ++i)
    image[i] = uint8_t(std::lround(255 * tone * ink[i]));
}

} // namespace

Result<Table> nnrt::makeDigits(Arguments arguments, const GeneratorKey &key) {
  NNRT_ASSIGN(int64_t count, arguments.integer("count", 0, 1, 1'000'000));
  NNRT_TRY(arguments.finish());
  constexpr int64_t imageBytes = side * side, atATime = 16 * recordsPerChunk;
  ColumnWriter<uint8_t> images("digits", {side, side}, imageBytes + 1), labels("digits", {}, imageBytes + 1);
  NNRT_TRY(images.expect(count));
  Bytes someImages(size_t(std::min(count, atATime) * imageBytes)),
      someLabels(size_t(std::min(count, atATime)));
  for (int64_t first = 0; first < count; first += atATime) {
    int64_t some = std::min(atATime, count - first);
    parallelChunks((some + recordsPerChunk - 1) / recordsPerChunk, [&](int64_t chunk) {
      for (int64_t i = chunk * recordsPerChunk; i < std::min(some, (chunk + 1) * recordsPerChunk); ++i) {
        RandomStream random = key.record("digits", first + i);
        drawDigit(random, &someImages[size_t(i * imageBytes)], someLabels[size_t(i)]);
      }
    });
    NNRT_TRY(images.append(someImages.data(), some));
    NNRT_TRY(labels.append(someLabels.data(), some));
  }
  return tableOf(images, labels);
}
