#include "test/lowering/CompiledCases.h"
#include "test/autodiff/GradientCases.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"

namespace nn::test {
namespace {

using Sizes = std::vector<int64_t>;

std::string tensor(const Sizes &sizes, const char *element = "f64") {
  std::string text = "tensor<";
  for (int64_t size : sizes)
    text += (size < 0 ? "?" : std::to_string(size)) + "x";
  return text + element + ">";
}

std::string list(const Sizes &values) {
  std::string text;
  for (int64_t value : values)
    text += (text.empty() ? "" : ", ") + std::to_string(value);
  return "[" + text + "]";
}

std::string title(const std::string &start, const Sizes &sizes) {
  std::string text = start;
  for (int64_t size : sizes)
    text += "_" + (size < 0 ? "Rows" : std::to_string(size));
  return text;
}

Sizes batched(Sizes sizes) {
  sizes.insert(sizes.begin(), -1);
  return sizes;
}

CompiledCase reduction(const char *kind, int64_t rows, const Sizes &shape, const Sizes &axes) {
  Sizes whole = batched(shape), rest;
  for (size_t d = 0; d < whole.size(); ++d)
    if (std::find(axes.begin(), axes.end(), int64_t(d)) == axes.end())
      rest.push_back(whole[d]);
  CompiledCase result;
  result.name = title(title(kind, whole) + "_over", axes) + "_of" + std::to_string(rows);
  result.arguments = "%x: " + tensor(whole);
  std::string types = list(axes) + " : " + tensor(whole) + " -> " + tensor(rest);
  if (std::string(kind) == "moments")
    result.body = "%m, %v = nn.moments %x axes " + types + ", " + tensor(rest) +
                  "\n%y = nn.add %m, %v : " + tensor(rest);
  else
    result.body = std::string("%y = nn.reduce \"") + kind + "\" %x axes " + types;
  result.result = tensor(rest);
  result.rows = rows;
  result.batch = rows + rows / 2;
  return result;
}

void addReductions(std::vector<CompiledCase> &cases) {
  struct Shape {
    int64_t rows;
    Sizes sizes;
  };
  for (const Shape &shape : {Shape{7, {33}}, {16, {9, 9, 20}}, {5, {3, 3, 3}}, {17, {28, 28, 8}}, {1, {10}}})
    for (const char *kind : {"sum", "max", "moments"}) {
      Sizes all, inner;
      for (size_t d = 0; d <= shape.sizes.size(); ++d)
        all.push_back(d);
      Sizes outer(all.begin(), all.end() - 1);
      inner.assign(all.begin() + 1, all.end());
      cases.push_back(reduction(kind, shape.rows, shape.sizes, {0}));
      cases.push_back(reduction(kind, shape.rows, shape.sizes, all));
      cases.push_back(reduction(kind, shape.rows, shape.sizes, inner));
      if (outer.size() > 1)
        cases.push_back(reduction(kind, shape.rows, shape.sizes, outer));
    }
}

void addProducts(std::vector<CompiledCase> &cases) {
  struct Product {
    int64_t rows, k, n, batch;
  };
  // Fewer rows than compiled for, with panels and without; few columns, or one, with sums in parts.
  for (Product p : {Product{1, 1, 1, 1},
                    {7, 3, 10, 7},
                    {64, 33, 33, 64},
                    {64, 784, 128, 64},
                    {13, 100, 70, 13},
                    {2, 600, 515, 2},
                    {1, 784, 512, 128},
                    {7, 600, 515, 16},
                    {46, 1100, 600, 64},
                    {21, 33, 70, 64},
                    {64, 784, 1, 64},
                    {1, 784, 1, 64},
                    {13, 100, 1, 32},
                    {5, 3, 1, 5},
                    {21, 784, 10, 64},
                    {1, 784, 10, 64},
                    {5, 333, 7, 8},
                    {70, 4000, 1, 90}}) {
    Sizes x = {-1, p.k}, w = {p.k, p.n}, y = {-1, p.n};
    CompiledCase product{title("product", {p.rows, p.k, p.n}), "%x: " + tensor(x) + ", %w: " + tensor(w),
                         "%y = nn.matmul %x, %w : " + tensor(x) + ", " + tensor(w) + " -> " + tensor(y),
                         tensor(y)};
    product.rows = p.rows;
    product.batch = p.batch;
    cases.push_back(product);
  }
}

struct Window {
  int64_t rows;
  Sizes spatial;
  int64_t channels, filters;
  Sizes kernel, strides, padding, dilations;
  int64_t groups;
};

CompiledCase convolution(const Window &window) {
  Sizes x = {-1}, w = window.kernel, y = {-1};
  for (size_t d = 0; d < window.spatial.size(); ++d) {
    x.push_back(window.spatial[d]);
    int64_t reach = (window.kernel[d] - 1) * window.dilations[d] + 1;
    y.push_back((window.spatial[d] + window.padding[2 * d] + window.padding[2 * d + 1] - reach) /
                    window.strides[d] +
                1);
  }
  x.push_back(window.channels);
  w.push_back(window.channels / window.groups);
  w.push_back(window.filters);
  y.push_back(window.filters);
  CompiledCase result{title(title(title("conv", x) + "_by", w) + "_stride", window.strides) + "_rows" +
                          std::to_string(window.rows) + "_groups" + std::to_string(window.groups),
                      "%x: " + tensor(x) + ", %w: " + tensor(w),
                      "%y = nn.conv %x, %w strides " + list(window.strides) + " padding " +
                          list(window.padding) + " dilations " + list(window.dilations) + " groups " +
                          std::to_string(window.groups) + " : " + tensor(x) + ", " + tensor(w) + " -> " +
                          tensor(y),
                      tensor(y)};
  result.rows = window.rows;
  result.batch = window.rows;
  return result;
}

void addConvolutions(std::vector<CompiledCase> &cases) {
  for (const Window &window : {
           Window{16, {28, 28}, 1, 32, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 1},
           Window{9, {14, 14}, 32, 64, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 1},
           Window{7, {9, 7}, 3, 10, {3, 2}, {2, 1}, {0, 1, 1, 0}, {1, 2}, 1},
           Window{1, {5, 5}, 10, 33, {1, 1}, {2, 2}, {0, 0, 0, 0}, {1, 1}, 1},
           Window{7, {8, 8}, 6, 8, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 2},
           Window{3, {8, 8}, 20, 20, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 20},
           Window{7, {11}, 3, 5, {4}, {3}, {2, 1}, {1}, 1},
           Window{2, {4, 5, 3}, 2, 4, {2, 3, 2}, {1, 1, 1}, {0, 1, 1, 1, 1, 0}, {1, 1, 1}, 1},
           Window{2, {6, 6}, 3, 4, {1, 1}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 1},
           Window{1, {8, 8}, 6, 8, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 2},
           Window{1, {7, 9}, 5, 5, {3, 3}, {2, 2}, {1, 1, 0, 0}, {1, 1}, 5},
           // One filter, so that lanes lie along the sums.
           Window{7, {9, 11}, 7, 1, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 1},
           Window{3, {9, 21}, 1, 1, {5, 3}, {1, 1}, {2, 2, 1, 1}, {1, 1}, 1},
           Window{5, {10, 9}, 17, 1, {3, 3}, {2, 2}, {1, 1, 1, 1}, {1, 1}, 1},
           Window{66, {30, 27}, 1, 1, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 1},
           Window{3, {31}, 20, 1, {31}, {1}, {0, 0}, {1}, 1},
           // Few channels of a group, so that lanes lie across the groups.
           Window{5, {9, 7}, 20, 40, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 20},
           Window{3, {8, 10}, 13, 39, {3, 2}, {2, 2}, {1, 0, 1, 1}, {1, 1}, 13},
           Window{2, {7, 7}, 32, 32, {3, 3}, {2, 1}, {1, 1, 1, 1}, {1, 2}, 8},
           Window{2, {6, 5}, 36, 18, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 18},
           Window{1, {12}, 9, 36, {5}, {1}, {2, 2}, {1}, 9},
           // Phases of the input's gradient: all with taps, some without, dilated, too many.
           Window{9, {16, 16}, 16, 24, {3, 3}, {2, 2}, {1, 1, 1, 1}, {1, 1}, 1},
           Window{3, {10, 9}, 5, 6, {2, 3}, {3, 2}, {0, 0, 2, 1}, {1, 1}, 1},
           Window{3, {13, 11}, 4, 6, {3, 4}, {2, 3}, {2, 3, 3, 1}, {2, 2}, 2},
           Window{2, {15, 12}, 3, 4, {3, 3}, {2, 3}, {1, 1, 0, 0}, {3, 1}, 1},
           Window{2, {17, 13}, 3, 4, {5, 3}, {4, 4}, {2, 1, 1, 2}, {1, 1}, 1},
           Window{2, {5, 6, 7}, 2, 3, {3, 2, 3}, {2, 2, 2}, {1, 1, 0, 0, 1, 1}, {1, 1, 1}, 1},
       })
    cases.push_back(convolution(window));
}

// So many elements that threads share the columns of the table.
void addLookups(std::vector<CompiledCase> &cases) {
  CompiledCase add{"scatter_add_in_chunks", "%x: tensor<?x40x150xf64>, %k: tensor<?x40xi32>",
                   "%y = nn.scatter_add %x, %k : tensor<?x40x150xf64>, tensor<?x40xi32> -> tensor<3x150xf64>",
                   "tensor<3x150xf64>"};
  add.rows = 15;
  add.batch = 16;
  cases.push_back(add);
}

CompiledCase pool(int64_t rows, int64_t size, int64_t channels, int64_t window, int64_t stride,
                  int64_t padding) {
  int64_t out = (size + 2 * padding - window) / stride + 1;
  Sizes x = {-1, size, size, channels}, y = {-1, out, out, channels};
  Sizes windows(2, window), strides(2, stride), paddings(4, padding);
  CompiledCase result{title("max_pool", {rows, size, channels, window, stride, padding}), "%x: " + tensor(x),
                      "%y, %i = nn.max_pool %x window " + list(windows) + " strides " + list(strides) +
                          " padding " + list(paddings) + " : " + tensor(x) + " -> " + tensor(y) + ", " +
                          tensor(y, "i32"),
                      tensor(y)};
  result.rows = rows;
  result.batch = rows;
  return result;
}

void addPools(std::vector<CompiledCase> &cases) {
  cases.push_back(pool(9, 28, 32, 2, 2, 0));
  cases.push_back(pool(7, 9, 3, 2, 2, 0));
  cases.push_back(pool(7, 9, 10, 3, 2, 1));
  cases.push_back(pool(1, 8, 33, 2, 3, 0));
}

// A parallel kernel that reads more tensors than most.
void addConcatenation(std::vector<CompiledCase> &cases) {
  constexpr int64_t parts = 70, rows = 128;
  Sizes x = {-1, parts, 8}, part = {-1, 1, 8};
  CompiledCase many{"concat_of_many", "%x: " + tensor(x), "", tensor(x)};
  std::string names, types;
  for (int64_t i = 0; i < parts; ++i) {
    std::string number = std::to_string(i), separator = i ? ", " : "";
    many.body += "%s" + number + " = nn.slice %x starts " + list({0, i, 0}) +
                 " strides [1, 1, 1] : " + tensor(x) + " -> " + tensor(part) + "\n%t" + number +
                 " = nn.transpose %s" + number + " [0, 2, 1] : " + tensor(part) + " -> " +
                 tensor({-1, 8, 1}) + "\n";
    names += separator + "%t" + number;
    types += separator + tensor({-1, 8, 1});
  }
  many.result = tensor({-1, 8, parts});
  many.body += "%y = nn.concat " + names + " axis 2 : (" + types + ") -> " + many.result + "\n";
  many.rows = many.batch = rows;
  cases.push_back(many);
}

// Ops without a derivative.
const std::vector<CompiledCase> &plainCases() {
  static const std::vector<CompiledCase> cases = {
      {"argmax", "%x: tensor<?x10xf64>", "%y = nn.argmax %x axis 1 : tensor<?x10xf64> -> tensor<?xi32>",
       "tensor<?xi32>", false},
      {"one_hot", "%k: tensor<?xi32>", "%y = nn.one_hot %k : tensor<?xi32> -> tensor<?x10xi1>",
       "tensor<?x10xi1>", false},
      {"extent", "%x: tensor<?xf64>", "%y = nn.extent %rows times 784 : tensor<f64>", "tensor<f64>", false},
      {"constant", "%x: tensor<?xf64>",
       "%y = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>", "tensor<2x3xf64>",
       false},
      {"logic", "%x: tensor<?x33xf64>, %z: tensor<?x33xf64>",
       R"(%a = nn.compare "gt" %x, %z : tensor<?x33xf64> -> tensor<?x33xi1>
          %b = nn.compare "le" %x, %z : tensor<?x33xf64> -> tensor<?x33xi1>
          %c = nn.compare "ne" %x, %z : tensor<?x33xf64> -> tensor<?x33xi1>
          %d = nn.and %a, %c : tensor<?x33xi1>
          %e = nn.or %d, %b : tensor<?x33xi1>
          %f = nn.xor %e, %a : tensor<?x33xi1>
          %y = nn.cast %f : tensor<?x33xi1> -> tensor<?x33xf64>)",
       "tensor<?x33xf64>", false},
      {"uniform", "%s: tensor<i64>, %k: tensor<i64>, %ids: tensor<?xi64>",
       R"(%y = nn.random "uniform" purpose 77 seed %s counter %k ids %ids : tensor<?xi64> -> tensor<?x5xf64>)",
       "tensor<?x5xf64>", false},
      {"normal", "%s: tensor<i64>, %k: tensor<i64>, %ids: tensor<?xi64>",
       R"(%y = nn.random "normal" purpose 77 seed %s counter %k ids %ids : tensor<?xi64> -> tensor<?x19xf64>)",
       "tensor<?x19xf64>", false},
      {"uniform_of_a_parameter", "%s: tensor<i64>, %k: tensor<i64>",
       R"(%y = nn.random "uniform" purpose -5 seed %s counter %k -> tensor<3x7xf64>)", "tensor<3x7xf64>",
       false},
      {"transpose_of_images", "%x: tensor<?x5x9xf64>",
       "%y = nn.transpose %x [0, 2, 1] : tensor<?x5x9xf64> -> tensor<?x9x5xf64>", "tensor<?x9x5xf64>"},
  };
  return cases;
}

} // namespace

std::vector<CompiledCase> compiledCases() {
  std::vector<CompiledCase> cases = plainCases();
  for (const GradientCase &each : gradientCases())
    cases.push_back({each.name, each.arguments, each.body, each.result, true, 3, 5, each.low, each.high});
  addReductions(cases);
  addProducts(cases);
  addConvolutions(cases);
  addPools(cases);
  addLookups(cases);
  addConcatenation(cases);
  return cases;
}

} // namespace nn::test
