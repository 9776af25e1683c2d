#include "compiler/irgen/Types.h"

#include "compiler/dialect/Origin.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;

namespace nn {

static Type elementType(Builder &builder, typed::Element element, Type floatType) {
  switch (element) {
  case typed::Element::Float:
    return floatType;
  case typed::Element::Mask:
    return builder.getI1Type();
  case typed::Element::Label:
    return builder.getI32Type();
  case typed::Element::Long:
    return builder.getI64Type();
  }
  llvm_unreachable("every element is above");
}

RankedTensorType tensorType(Builder &builder, const typed::TensorType &type, Type floatType) {
  SmallVector<int64_t> shape;
  for (const typed::Dim &dim : type.shape)
    shape.push_back(dim.batch ? ShapedType::kDynamic : dim.size);
  return RankedTensorType::get(shape, elementType(builder, type.element, floatType));
}

mlir::Location sourceLocation(Builder &builder, const SourceManager &sources, const typed::Node &node) {
  Location where = node.where;
  mlir::Location place = builder.getUnknownLoc();
  if (where.isValid()) {
    SourceManager::Position position = sources.position(where.file, where.begin);
    place =
        FileLineColLoc::get(builder.getContext(), sources.path(where.file), position.line, position.column);
  }
  if (node.updated)
    return inOptimizer(place, *node.updated);
  return node.path.empty() ? place : NameLoc::get(builder.getStringAttr(node.path), place);
}

} // namespace nn
