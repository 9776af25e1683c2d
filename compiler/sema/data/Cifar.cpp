// The sources `cifar10` and `cifar100`: an image and its class, of CIFAR-100 with the coarse class behind it.
#include "compiler/sema/data/DataReader.h"

namespace nn::sema {

using typed::Element;
using typed::TensorType;

void DataReader::checkCifar() {
  const std::string &name = data.train ? data.train->name : "";
  if (name != "cifar10" && name != "cifar100")
    return;
  for (const auto &[part, source] : parts()) {
    if (!*source)
      continue;
    Location where = seen.count(part) ? seen.at(part) : seen.at("source");
    if ((*source)->name != name)
      return void(evaluator.error(DiagnosticKind::MixedSources, where,
                                  {"`" + (*source)->name + "`", "`" + name + "`, as the other parts"}));
    if ((*source)->arguments.empty())
      return void(evaluator.error(DiagnosticKind::MissingArgument, where, {name, "file"}));
  }
  std::vector<TensorType> types{{Element::Float, {{32, false}, {32, false}, {3, false}}, 0}};
  if (name == "cifar10")
    types.push_back({Element::Label, {}, 10});
  else
    types.insert(types.end(), {{Element::Label, {}, 100}, {Element::Label, {}, 20}});
  for (size_t i = 0; i < data.fields.size(); ++i) {
    const typed::Field &field = data.fields[i];
    if (i >= types.size())
      return void(evaluator.error(
          DiagnosticKind::TextFields, seen.at(field.name),
          {name, std::to_string(data.fields.size()), "1 to " + std::to_string(types.size())}));
    const TensorType &type = types[i];
    if (field.type.element != type.element || field.type.shape != type.shape ||
        field.type.classes != type.classes)
      return void(evaluator.error(DiagnosticKind::ShapeMismatch, seen.at(field.name),
                                  {"`" + field.name + "`", toString(field.type), toString(type)}));
  }
}

} // namespace nn::sema
