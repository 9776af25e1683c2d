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
std::optional<Shape> outputShape(Evaluator &evaluator, const BuiltinCall &call, const Shape &input,
                                 const Window &window, int64_t channels) {
  Shape output = input;
  output.back() = {channels, false};
  for (size_t i = 0; i < window.sizes.size(); ++i) {
    int64_t reach = window.dilations[i] * (window.sizes[i] - 1) + 1;
    int64_t padded = input[i + 1].size + window.padding[2 * i] + window.padding[2 * i + 1];
    if (padded < reach) {
      evaluator.error(DiagnosticKind::WindowTooLarge, call.where,
                      {std::to_string(reach), std::to_string(padded), toString(input)});
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

Value conv(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]), filter = evaluator.asFloat(call[1], call.places[1]);
  if (!x || !filter)
    return Poison();
  GraphBuilder &builder = evaluator.builder();
  Shape input = builder.shapeOf(*x), kernel = builder.shapeOf(*filter);
  if (!isImage(evaluator, call, input))
    return Poison();
  if (kernel.size() != input.size())
    return evaluator.fail(DiagnosticKind::WrongRank, call.places[1],
                          {"conv", describe(call[1]), std::to_string(input.size())});
  size_t spatial = input.size() - 2;
  Window window;
  for (size_t i = 0; i < spatial; ++i)
    window.sizes.push_back(kernel[i].size);
  auto strides = perAxis(evaluator, call, 2, spatial, 1, 1),
       dilations = perAxis(evaluator, call, 4, spatial, 1, 1);
  auto groups =
      call.has(5) ? evaluator.asInt(call[5], call.places[5], "`groups`") : std::optional<int64_t>(1);
  if (!strides || !dilations || !groups)
    return Poison();
  window.strides = *strides;
  window.dilations = *dilations;
  for (size_t i = 0; i < spatial; ++i)
    if (window.sizes[i] > maxWindow)
      return evaluator.fail(DiagnosticKind::BadWindow, call.places[1],
                            {"kernel", std::to_string(window.sizes[i]), "1"});
  auto padding = paddingOf(evaluator, call, 3, input, window);
  if (!padding)
    return Poison();
  window.padding = *padding;
  if (*groups < 1 || input.back().size % *groups || kernel.back().size % *groups ||
      input.back().size / *groups != kernel[spatial].size)
    return evaluator.fail(DiagnosticKind::ConvChannels, call.where,
                          {toString(input), toString(kernel), std::to_string(*groups)});
  auto output = outputShape(evaluator, call, input, window, kernel.back().size);
  return output ? evaluator.tensor(builder.conv(*x, *filter, window, *groups, *output)) : Value(Poison());
}

Value maxPool(Evaluator &evaluator, const BuiltinCall &call) {
  auto x = evaluator.asFloat(call[0], call.places[0]);
  if (!x)
    return Poison();
  Shape input = evaluator.builder().shapeOf(*x);
  if (!isImage(evaluator, call, input))
    return Poison();
  size_t spatial = input.size() - 2;
  Window window;
  auto sizes = perAxis(evaluator, call, 1, spatial, 1, 1);
  if (!sizes)
    return Poison();
  window.sizes = *sizes;
  window.dilations.assign(spatial, 1);
  auto strides = call.has(2) ? perAxis(evaluator, call, 2, spatial, 1, 1) : sizes;
  if (!strides)
    return Poison();
  window.strides = *strides;
  auto padding = paddingOf(evaluator, call, 3, input, window);
  if (!padding)
    return Poison();
  window.padding = *padding;
  for (size_t i = 0; i < spatial; ++i)
    if (std::max(window.padding[2 * i], window.padding[2 * i + 1]) >= window.sizes[i] &&
        window.padding[2 * i + 1] > 0)
      return evaluator.fail(DiagnosticKind::PaddingTooLarge, call.where,
                            {std::to_string(window.padding[2 * i]), std::to_string(window.sizes[i])});
  auto output = outputShape(evaluator, call, input, window, input.back().size);
  return output ? evaluator.tensor(evaluator.builder().maxPool(*x, window, *output)) : Value(Poison());
}

} // namespace

const std::vector<Builtin> &windowBuiltins() {
  static const std::vector<Builtin> table{
      {"conv", {"x", "filter", "stride", "padding", "dilation", "groups"}, 2, conv},
      {"max_pool", {"x", "window", "stride", "padding"}, 2, maxPool}};
  return table;
}

} // namespace nn::sema
