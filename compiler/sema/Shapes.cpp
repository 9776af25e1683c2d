#include "compiler/sema/Shapes.h"
#include "compiler/basic/CheckedSize.h"
#include "llvm/ADT/STLExtras.h"

namespace nn::sema {

using typed::Dim;

std::optional<Dim> product(const Shape &shape) {
  Dim total;
  for (const Dim &dim : shape) {
    auto size = checkedMultiply(total.size, dim.size);
    if (dim.size < 1 || !size || *size > maxElements || (total.batch && dim.batch))
      return std::nullopt;
    total = {*size, total.batch || dim.batch};
  }
  return total;
}

int64_t rowElements(const Shape &shape) {
  int64_t count = 1;
  for (const Dim &dim : shape)
    count *= dim.size;
  return count;
}

Shape without(const Shape &shape, const std::vector<int64_t> &axes) {
  Shape rest;
  for (size_t i = 0; i < shape.size(); ++i)
    if (!llvm::is_contained(axes, int64_t(i)))
      rest.push_back(shape[i]);
  return rest;
}

std::vector<int64_t> allAxes(size_t rank) {
  std::vector<int64_t> axes(rank);
  for (size_t i = 0; i < rank; ++i)
    axes[i] = int64_t(i);
  return axes;
}

std::string toString(const Dim &dim) {
  if (!dim.batch)
    return std::to_string(dim.size);
  return dim.size == 1 ? "b" : std::to_string(dim.size) + "*b";
}

std::string toString(const Shape &shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i ? ", " : "") + toString(shape[i]);
  return text + "]";
}

std::string toString(const typed::TensorType &type) {
  std::string element;
  switch (type.element) {
  case typed::Element::Float:
    element = "f32";
    break;
  case typed::Element::Mask:
    element = "mask";
    break;
  case typed::Element::Label:
    element = type.classes ? "class(" + std::to_string(type.classes) + ")" : "class";
    break;
  case typed::Element::Long:
    element = "int";
    break;
  }
  return type.shape.empty() ? element : element + toString(type.shape);
}

} // namespace nn::sema
