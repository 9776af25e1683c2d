// Marks are the metadata of a FusedLoc around one location: whoever asks for names or places looks through
// it.
#include "compiler/dialect/Origin.h"

using namespace mlir;

namespace nn {

static Location marked(Location place, Stage stage, StringRef layer) {
  MLIRContext *context = place->getContext();
  SmallVector<NamedAttribute> mark = {
      {StringAttr::get(context, "stage"), StringAttr::get(context, nameOf(stage))}};
  if (!layer.empty())
    mark.push_back({StringAttr::get(context, "layer"), StringAttr::get(context, layer)});
  return FusedLoc::get({place}, DictionaryAttr::get(context, mark), context);
}

Origin originOf(Location location) {
  Origin origin;
  location->walk([&](Location inner) {
    if (auto name = dyn_cast<NameLoc>(inner); name && !origin.layer)
      origin.layer = name.getName();
    if (auto fused = dyn_cast<FusedLoc>(inner))
      if (auto mark = dyn_cast_or_null<DictionaryAttr>(fused.getMetadata())) {
        origin.stage = stageNamed(mark.get("stage"));
        if (auto layer = mark.getAs<StringAttr>("layer"))
          origin.layer = layer;
        return WalkResult::interrupt();
      }
    return WalkResult::advance();
  });
  return origin;
}

Location inBackward(Location location) {
  if (originOf(location).stage == Stage::Backward)
    return location;
  if (auto layer = dyn_cast<NameLoc>(location))
    return NameLoc::get(layer.getName(), marked(layer.getChildLoc(), Stage::Backward, ""));
  return marked(location, Stage::Backward, "");
}

Location inOptimizer(Location place, StringRef layer) { return marked(place, Stage::Optimizer, layer); }

StringRef nameOf(Stage stage) {
  switch (stage) {
  case Stage::Forward:
    return "forward";
  case Stage::Backward:
    return "backward";
  case Stage::Optimizer:
    return "optimizer";
  }
  llvm_unreachable("every stage is above");
}

Stage stageNamed(Attribute name) {
  auto text = dyn_cast_or_null<StringAttr>(name);
  for (Stage stage : {Stage::Backward, Stage::Optimizer})
    if (text && text == nameOf(stage))
      return stage;
  return Stage::Forward;
}

} // namespace nn
