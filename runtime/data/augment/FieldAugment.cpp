#include "runtime/data/augment/FieldAugment.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/Source.h"

#include <algorithm>
#include <cstring>
#include <iterator>

using namespace nnrt;

namespace {

// `most` as the compiler has checked it.
struct Known {
  const char *name;
  AugmentKind kind;
  double most;
};
constexpr Known known[] = {{"rotate", AugmentKind::rotate, 4},         {"zoom", AugmentKind::zoom, 0.99},
                           {"crop", AugmentKind::crop, 1 << 16},       {"shift", AugmentKind::shift, 1},
                           {"shear", AugmentKind::shear, 1.5},         {"noise", AugmentKind::noise, 1},
                           {"brightness", AugmentKind::brightness, 1}, {"contrast", AugmentKind::contrast, 1},
                           {"cutout", AugmentKind::cutout, 1}};

bool isNamed(const nn_call &call, const char *name) { return strcmp(call.name, name) == 0; }

Result<AugmentStep> stepOf(const nn_call &call, const nn_data &data) {
  Arguments arguments(call, data.name);
  AugmentStep step{AugmentKind::flip};
  if (isNamed(call, "flip")) {
    NNRT_ASSIGN(step.chance, arguments.numberOr("chance", 0.5, 0, 1));
    NNRT_ASSIGN(std::string axis, arguments.textOr("axis", "horizontal"));
    step.vertical = axis == "vertical";
  } else {
    auto found = std::find_if(std::begin(known), std::end(known),
                              [&](const Known &each) { return isNamed(call, each.name); });
    if (found == std::end(known))
      return dataError(std::string("data set `") + data.name + "`: `" + call.name +
                       "` does not change a picture");
    step.kind = found->kind;
    NNRT_ASSIGN(step.amount, arguments.numberOr("amount", 0, 0, found->most));
    NNRT_ASSIGN(step.chance, arguments.numberOr("chance", 1, 0, 1));
  }
  NNRT_TRY(arguments.finish());
  return step;
}

Result<MixStep> mixStepOf(const nn_call &call, const nn_data &data) {
  Arguments arguments(call, data.name);
  MixStep step{isNamed(call, "cutmix") ? MixKind::cutmix : MixKind::mixup};
  NNRT_ASSIGN(step.alpha, arguments.numberOr("amount", 1, 1e-3, 1e3));
  NNRT_ASSIGN(step.chance, arguments.numberOr("chance", 1, 0, 1));
  NNRT_TRY(arguments.finish());
  return step;
}

} // namespace

PictureShape nnrt::pictureShapeOf(const nn_field &field) {
  std::vector<int64_t> shape = recordShape(field);
  if (shape.size() == 2 || shape.size() == 3)
    return {shape[0], shape[1], shape.size() == 3 ? shape[2] : 1};
  return {1, 1, elementCount(shape)};
}

Result<FieldAugment> FieldAugment::of(const nn_data &data, const nn_field &field) {
  std::string name = std::string(data.name) + "." + field.name;
  PictureShape shape = pictureShapeOf(field);
  std::vector<AugmentStep> steps;
  std::vector<MixStep> mixes;
  for (uint32_t i = 0; i < field.augment_count; ++i) {
    const nn_call &call = field.augments[i];
    if (isNamed(call, "mixup") || isNamed(call, "cutmix")) {
      NNRT_ASSIGN(MixStep mix, mixStepOf(call, data));
      mixes.push_back(mix);
    } else {
      NNRT_ASSIGN(AugmentStep step, stepOf(call, data));
      steps.push_back(step);
    }
  }
  return FieldAugment{Augment(name, shape, std::move(steps)), Mix(name, shape, std::move(mixes))};
}

template <class T> void FieldAugment::change(const T *record, T *out, const AugmentKey &key) const {
  if (!made)
    return augment.apply(record, out, key);
  std::vector<T> values(record, record + augment.size());
  made->apply(values.data(), key);
  augment.apply(values.data(), out, key);
}

template void FieldAugment::change(const uint8_t *, uint8_t *, const AugmentKey &) const;
template void FieldAugment::change(const float *, float *, const AugmentKey &) const;
template void FieldAugment::change(const double *, double *, const AugmentKey &) const;
