// Convolution and pooling over the spatial axes of [rows, spatial…, channels].
#include "compiler/basic/CheckedSize.h"
#include "compiler/sema/Evaluator.h"

namespace nn::sema {

namespace {

constexpr int64_t maxWindow = 1 << 20; // of one stride, dilation, padding or window length

// One number for all spatial axes, or one for each.
std::optional<std::vector<int64_t>> perAxis(Evaluator &evaluator, const BuiltinCall &call, size_t argument,
                                            size_t spatial, int64_t least, int64_t fallback) {
  if (!call.has(argument))
    return std::vector<int64_t>(spatial, fallback);
  std::string name = call.builtin.parameters[argument];
  auto numbers = evaluator.asInts(call[argument], call.places[argument], "`" + name + "`");
  if (!numbers)
    return std::nullopt;
  if (!call[argument].sequence())
    numbers->resize(spatial, numbers->front());
  if (numbers->size() != spatial) {
    evaluator.error(DiagnosticKind::WindowCount, call.places[argument],
                    {name, std::to_string(numbers->size()), std::to_string(spatial)});
    return std::nullopt;
  }
  for (int64_t number : *numbers)
    if (number < least || number > maxWindow) {
      evaluator.error(DiagnosticKind::BadWindow, call.places[argument],
                      {name, std::to_string(number), std::to_string(least)});
      return std::nullopt;
    }
  return numbers;
}

// "same": output ceil(n/stride), an odd pad at the end (TensorFlow); "valid": none; numbers: on both sides.
std::optional<std::vector<int64_t>> paddingOf(Evaluator &evaluator, const BuiltinCall &call, size_t argument,
                                              const Shape &input, const Window &window) {
  size_t spatial = window.sizes.size();
  std::vector<int64_t> padding;
  if (call.has(argument) && call[argument].as<std::string>()) {
    const std::string &word = *call[argument].as<std::string>();
    if (word != "same" && word != "valid") {
      evaluator.error(DiagnosticKind::BadPadding, call.places[argument],
                      {describe(call[argument]), "\"same\", \"valid\" or a number"});
      return std::nullopt;
    }
    for (size_t i = 0; i < spatial; ++i) {
      int64_t size = input[i + 1].size, stride = window.strides[i];
      int64_t reach = window.dilations[i] * (window.sizes[i] - 1) + 1;
      int64_t steps = (size + stride - 1) / stride - 1;
      int64_t total = word == "same" ? std::max<int64_t>(0, steps * stride + reach - size) : 0;
      padding.push_back(total / 2);
      padding.push_back(total - total / 2);
    }
    return padding;
  }
  auto numbers = perAxis(evaluator, call, argument, spatial, 0, 0);
  if (!numbers)
    return std::nullopt;
  for (int64_t number : *numbers)
    padding.insert(padding.end(), 2, number);
  return padding;
}

// floor((in + low + high - dilation*(k-1) - 1)/stride) + 1 for each spatial axis.
std::optional<Shape> outputShape(Evaluator &evaluator, const BuiltinCall &call, typed::Value x,
                                 const Window &window, int64_t channels) {
  const Shape input = evaluator.builder().shapeOf(x);
  Shape output = input;
  output.back() = {channels, false};
  for (size_t i = 0; i < window.sizes.size(); ++i) {
    int64_t reach = window.dilations[i] * (window.sizes[i] - 1) + 1;
    int64_t padded = input[i + 1].size + window.padding[2 * i] + window.padding[2 * i + 1];
    if (padded < reach) {
      auto message = evaluator.error(DiagnosticKind::WindowTooLarge, call.where,
                                     {std::to_string(reach), std::to_string(padded), toString(input)});
      evaluator.labelOrigin(message, x, call.where);
      return std::nullopt;
    }
    output[i + 1].size = (padded - reach) / window.strides[i] + 1;
  }
  if (!evaluator.checkElements(output, call.where))
    return std::nullopt;
  return output;
}

bool isImage(Evaluator &evaluator, const BuiltinCall &call, const Shape &shape) {
  bool good = shape.size() >= 3 && shape.size() <= 5;
  for (size_t i = 1; good && i < shape.size(); ++i)
    good = !shape[i].batch;
  if (!good)
    evaluator.error(
        DiagnosticKind::NotAnImage, call.places[0],
        {std::string(call.builtin.name), describe(call[0]), "3 to 5, as in `[b, height, width, channels]`"});
  return good;
}

// What `conv` and `conv_transpose` are given, but for the padding.
struct Convolution {
  typed::Value x, filter;
  Shape input, kernel;
  Window window;
  int64_t groups;
  size_t spatial() const { return input.size() - 2; }
};

std::optional<Convolution> convolutionOf(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]), filter = evaluator.asFloat(call[1], call.places[1]);
  if (!x || !filter)
    return std::nullopt;
  GraphBuilder &builder = evaluator.builder();
  Convolution given{*x, *filter, builder.shapeOf(*x), builder.shapeOf(*filter), {}, 1};
  if (!isImage(evaluator, call, given.input))
    return std::nullopt;
  if (given.kernel.size() != given.input.size()) {
    evaluator.error(DiagnosticKind::WrongRank, call.places[1],
                    {std::string(call.builtin.name), describe(call[1]), std::to_string(given.input.size())});
    return std::nullopt;
  }
  for (size_t i = 0; i < given.spatial(); ++i)
    given.window.sizes.push_back(given.kernel[i].size);
  auto strides = perAxis(evaluator, call, 2, given.spatial(), 1, 1),
       dilations = perAxis(evaluator, call, 4, given.spatial(), 1, 1);
  auto groups =
      call.has(5) ? evaluator.asInt(call[5], call.places[5], "`groups`") : std::optional<int64_t>(1);
  if (!strides || !dilations || !groups)
    return std::nullopt;
  given.window.strides = *strides;
  given.window.dilations = *dilations;
  given.groups = *groups;
  return given;
}

Value conv(Evaluator &evaluator, const BuiltinCall &call) {
  auto given = convolutionOf(evaluator, call);
  if (!given)
    return Poison();
  auto &[x, filter, input, kernel, window, groups] = *given;
  size_t spatial = given->spatial();
  for (size_t i = 0; i < spatial; ++i)
    if (window.sizes[i] > maxWindow)
      return evaluator.fail(DiagnosticKind::BadWindow, call.places[1],
                            {"kernel", std::to_string(window.sizes[i]), "1"});
  auto padding = paddingOf(evaluator, call, 3, input, window);
  if (!padding)
    return Poison();
  window.padding = *padding;
  if (groups < 1 || input.back().size % groups || kernel.back().size % groups ||
      input.back().size / groups != kernel[spatial].size)
    return evaluator.fail(DiagnosticKind::ConvChannels, call.where,
                          {toString(input), toString(kernel), std::to_string(groups)});
  auto output = outputShape(evaluator, call, x, window, kernel.back().size);
  return output ? evaluator.tensor(evaluator.builder().conv(x, filter, window, groups, *output))
                : Value(Poison());
}

// What a convolution makes such an input from: `x` is its output, the result its input. "same": n*stride,
// "valid" and numbers: the least that reaches as far, as in PyTorch.
std::optional<Shape> transposedShape(Evaluator &evaluator, const BuiltinCall &call, const Shape &input,
                                     Window &window, int64_t channels) {
  Shape output = input;
  output.back() = {channels, false};
  bool same = call.has(3) && call[3].as<std::string>() && *call[3].as<std::string>() == "same";
  for (size_t i = 0; same && i < window.sizes.size(); ++i)
    output[i + 1].size = input[i + 1].size * window.strides[i];
  auto padding = paddingOf(evaluator, call, 3, output, window);
  if (!padding)
    return std::nullopt;
  window.padding = *padding;
  for (size_t i = 0; !same && i < window.sizes.size(); ++i) {
    int64_t reach = window.dilations[i] * (window.sizes[i] - 1) + 1;
    int64_t size = (input[i + 1].size - 1) * window.strides[i] + reach;
    int64_t pads = window.padding[2 * i] + window.padding[2 * i + 1];
    if (size <= pads) {
      evaluator.error(DiagnosticKind::WindowTooLarge, call.where,
                      {std::to_string(pads + 1), std::to_string(size), toString(input)});
      return std::nullopt;
    }
    output[i + 1].size = size - pads;
  }
  return evaluator.checkElements(output, call.where) ? std::optional(output) : std::nullopt;
}

// The filter is [kernel…, result / groups, x], that of the convolution which goes the other way.
Value convTranspose(Evaluator &evaluator, const BuiltinCall &call) {
  auto given = convolutionOf(evaluator, call);
  if (!given)
    return Poison();
  auto &[x, filter, input, kernel, window, groups] = *given;
  size_t spatial = given->spatial();
  if (groups < 1 || input.back().size % groups || !(kernel.back() == input.back()))
    return evaluator.fail(DiagnosticKind::ConvChannels, call.where,
                          {toString(input), toString(kernel), std::to_string(groups)});
  auto output = transposedShape(evaluator, call, input, window, kernel[spatial].size * groups);
  return output ? evaluator.tensor(evaluator.builder().convTranspose(x, filter, window, groups, *output))
                : Value(Poison());
}

// The windows of a pooling `(x, window, stride: window, padding: 0)`; with `x` and the output's shape.
struct Pooling {
  typed::Value x;
  Window window;
  Shape output;
};

std::optional<Pooling> poolingOf(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]);
  if (!x)
    return std::nullopt;
  Shape input = evaluator.builder().shapeOf(*x);
  if (!isImage(evaluator, call, input))
    return std::nullopt;
  size_t spatial = input.size() - 2;
  Window window;
  auto sizes = perAxis(evaluator, call, 1, spatial, 1, 1);
  if (!sizes)
    return std::nullopt;
  window.sizes = *sizes;
  window.dilations.assign(spatial, 1);
  auto strides = call.has(2) ? perAxis(evaluator, call, 2, spatial, 1, 1) : sizes;
  if (!strides)
    return std::nullopt;
  window.strides = *strides;
  auto padding = paddingOf(evaluator, call, 3, input, window);
  if (!padding)
    return std::nullopt;
  window.padding = *padding;
  for (size_t i = 0; i < spatial; ++i)
    if (std::max(window.padding[2 * i], window.padding[2 * i + 1]) >= window.sizes[i] &&
        window.padding[2 * i + 1] > 0) {
      evaluator.error(DiagnosticKind::PaddingTooLarge, call.where,
                      {std::to_string(window.padding[2 * i]), std::to_string(window.sizes[i])});
      return std::nullopt;
    }
  auto output = outputShape(evaluator, call, *x, window, input.back().size);
  if (!output)
    return std::nullopt;
  return Pooling{*x, window, *output};
}

Value maxPool(Evaluator &evaluator, const BuiltinCall &call) {
  auto pooling = poolingOf(evaluator, call);
  if (!pooling)
    return Poison();
  return evaluator.tensor(evaluator.builder().maxPool(pooling->x, pooling->window, pooling->output));
}

// The sum of each window over the number of elements in it that are not padding.
Value avgPool(Evaluator &evaluator, const BuiltinCall &call) {
  auto pooling = poolingOf(evaluator, call);
  if (!pooling)
    return Poison();
  GraphBuilder &builder = evaluator.builder();
  const Window &window = pooling->window;
  typed::Value sum = builder.sumPool(pooling->x, window, pooling->output), count;
  if (llvm::all_of(window.padding, [](int64_t p) { return p == 0; })) {
    int64_t elements = 1;
    for (int64_t size : window.sizes)
      elements *= size;
    count = builder.broadcast(builder.constant(double(elements)), pooling->output);
  } else {
    Shape input = builder.shapeOf(pooling->x), one = pooling->output;
    input.front() = input.back() = one.front() = one.back() = {1, false};
    typed::Value ones = builder.broadcast(builder.constant(1), input);
    Shape places(one.begin() + 1, one.end() - 1);
    std::vector<int64_t> axes;
    for (size_t i = 0; i < places.size(); ++i)
      axes.push_back(int64_t(i) + 1);
    count =
        builder.broadcast(builder.reshape(builder.sumPool(ones, window, one), places), pooling->output, axes);
  }
  return evaluator.tensor(builder.binary(typed::Op::Div, sum, count));
}

} // namespace

const std::vector<Builtin> &windowBuiltins() {
  static const std::vector<Builtin> table{
      {"conv(x: f32[b, ..., n], filter: f32[..., n/groups, k], stride = 1, padding = 0, dilation = 1, "
       "groups: int = 1) -> f32[b, ..., k]",
       conv,
       "Convolution over one to three spatial axes; the filter is `[kernel…, n/groups, k]`. Stride, padding "
       "and dilation are a number or one for each spatial axis; `padding` is \"valid\", none, or \"same\", "
       "with ceil(size / stride) places in the result and an odd zero at the end, or a number of zeros on "
       "both sides."},
      {"conv_transpose(x: f32[b, ..., n], filter: f32[..., k/groups, n], stride = 1, padding = 0, dilation = "
       "1, groups: int = 1) -> f32[b, ..., k]",
       convTranspose,
       "The gradient of `conv` used forward: of `n` channels `k`; the filter is `[kernel…, k/groups, n]`, "
       "the options are those of the convolution."},
      {"max_pool(x: f32[b, ..., c], window, stride = window, padding = 0) -> f32[b, ..., c]", maxPool,
       "The largest element of each window over one to three spatial axes; padding never wins. Window, "
       "stride and padding as in `conv`; of equal elements the first has the gradient."},
      {"avg_pool(x: f32[b, ..., c], window, stride = window, padding = 0) -> f32[b, ..., c]", avgPool,
       "The mean of each window over one to three spatial axes; padding is not counted. Window, stride and "
       "padding as in `conv`."}};
  return table;
}

} // namespace nn::sema
