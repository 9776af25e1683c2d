#include "compiler/irgen/Metadata.h"

using namespace mlir;

namespace nn {
namespace {

// Collects the entries of a dictionary; a name is given once.
class Dictionary {
public:
  Dictionary(Builder &builder) : builder(builder) {}
  void text(StringRef name, StringRef value) { add(name, builder.getStringAttr(value)); }
  void integer(StringRef name, int64_t value) { add(name, builder.getI64IntegerAttr(value)); }
  void number(StringRef name, double value) { add(name, builder.getF64FloatAttr(value)); }
  void boolean(StringRef name, bool value) { add(name, builder.getBoolAttr(value)); }
  void add(StringRef name, Attribute value) { entries.push_back(builder.getNamedAttr(name, value)); }
  DictionaryAttr get() { return builder.getDictionaryAttr(entries); }

private:
  Builder &builder;
  SmallVector<NamedAttribute> entries;
};

template <typename Range, typename Function>
ArrayAttr arrayOf(Builder &builder, const Range &range, Function &&function) {
  SmallVector<Attribute> elements;
  for (const auto &element : range)
    elements.push_back(function(builder, element));
  return builder.getArrayAttr(elements);
}

DictionaryAttr argumentAttribute(Builder &builder, const typed::CallArgument &argument) {
  Dictionary entries(builder);
  entries.text("name", argument.name);
  if (argument.number)
    entries.number("number", *argument.number);
  else
    entries.text("text", argument.text);
  if (argument.hyper)
    entries.integer("hyper", *argument.hyper);
  return entries.get();
}

DictionaryAttr callAttribute(Builder &builder, const typed::Call &call) {
  Dictionary entries(builder);
  entries.text("name", call.name);
  entries.add("arguments", arrayOf(builder, call.arguments, argumentAttribute));
  return entries.get();
}

// The batch axis is written -1.
DenseI64ArrayAttr shapeAttribute(Builder &builder, const typed::TensorType &type) {
  SmallVector<int64_t> shape;
  for (const typed::Dim &dim : type.shape)
    shape.push_back(dim.batch ? -1 : dim.size);
  return builder.getDenseI64ArrayAttr(shape);
}

DictionaryAttr fieldAttribute(Builder &builder, const typed::Field &field) {
  Dictionary entries(builder);
  entries.text("name", field.name);
  entries.integer("classes", field.type.classes);
  entries.add("shape", shapeAttribute(builder, field.type));
  entries.add("steps", arrayOf(builder, field.steps, callAttribute));
  bool isBare = field.cell == typed::Cell::Number && field.sourceName == field.name;
  if (field.kind == typed::FieldKind::Plain && field.augments.empty() && isBare)
    return entries.get();
  entries.add("augments", arrayOf(builder, field.augments, callAttribute));
  entries.integer("kind", int64_t(field.kind));
  entries.integer("cell", int64_t(field.cell));
  entries.text("source_name", field.sourceName);
  entries.integer("span", field.span);
  entries.integer("categories", field.categories);
  entries.integer("has_unknown", field.hasUnknown);
  entries.integer("of", field.of);
  return entries.get();
}

DictionaryAttr dataAttribute(Builder &builder, const typed::DataSet &data) {
  Dictionary entries(builder);
  entries.text("name", data.name);
  auto split = [&](StringRef name, const std::optional<typed::Call> &call) {
    if (call)
      entries.add(name, callAttribute(builder, *call));
  };
  split("train", data.train);
  split("validation", data.validation);
  split("test", data.test);
  entries.number("validation_share", data.validationShare);
  entries.number("test_share", data.testShare);
  entries.add("fields", arrayOf(builder, data.fields, fieldAttribute));
  split("partition", data.partition);
  split("windows", data.windows);
  if (data.dropsDuplicates)
    entries.integer("drops_duplicates", 1);
  if (data.balance)
    entries.integer("balance", *data.balance + 1);
  return entries.get();
}

StringRef typeName(typed::HyperType type) {
  switch (type) {
  case typed::HyperType::Float:
    return "float";
  case typed::HyperType::Int:
    return "int";
  case typed::HyperType::Bool:
    return "bool";
  }
  llvm_unreachable("every type is above");
}

StringRef rangeName(typed::RangeKind kind) {
  switch (kind) {
  case typed::RangeKind::None:
    return "none";
  case typed::RangeKind::Linear:
    return "linear";
  case typed::RangeKind::Log:
    return "log";
  case typed::RangeKind::List:
    return "list";
  }
  llvm_unreachable("every kind is above");
}

DictionaryAttr hyperAttribute(Builder &builder, const typed::Hyper &hyper) {
  Dictionary entries(builder);
  entries.text("name", hyper.name);
  entries.text("doc", hyper.doc);
  entries.text("type", typeName(hyper.type));
  entries.boolean("compiled", hyper.compiled);
  entries.number("value", hyper.value);
  entries.text("range", rangeName(hyper.range));
  entries.number("low", hyper.low);
  entries.number("high", hyper.high);
  entries.add("choices", DenseF64ArrayAttr::get(builder.getContext(), hyper.choices));
  return entries.get();
}

StringRef totalName(typed::TotalKind kind) {
  switch (kind) {
  case typed::TotalKind::Sum:
    return "sum";
  case typed::TotalKind::Max:
    return "max";
  case typed::TotalKind::Min:
    return "min";
  case typed::TotalKind::Mean:
    return "mean";
  case typed::TotalKind::Variance:
    return "variance";
  case typed::TotalKind::Area:
    return "area";
  case typed::TotalKind::Last:
    return "last";
  }
  llvm_unreachable("every kind is above");
}

DictionaryAttr totalAttribute(Builder &builder, const typed::Total &total) {
  Dictionary entries(builder);
  entries.text("kind", totalName(total.kind));
  entries.text("name", total.name);
  return entries.get();
}

DictionaryAttr nodeAttribute(Builder &builder, const typed::MeasureNode &node) {
  Dictionary entries(builder);
  entries.text("op", node.op);
  entries.add("operands", builder.getDenseI64ArrayAttr(node.operands));
  entries.add("shape", builder.getDenseI64ArrayAttr(node.shape));
  entries.add("axes", builder.getDenseI64ArrayAttr(node.axes));
  entries.add("strides", builder.getDenseI64ArrayAttr(node.strides));
  entries.number("number", node.number);
  return entries.get();
}

DictionaryAttr measureAttribute(Builder &builder, const typed::Measure &measure) {
  Dictionary entries(builder);
  entries.text("name", measure.name);
  entries.integer("node", measure.node);
  return entries.get();
}

DictionaryAttr trainAttribute(Builder &builder, const typed::Train &train) {
  Dictionary entries(builder);
  entries.text("name", train.name);
  entries.integer("data", train.data[0]);
  entries.add("others",
              builder.getDenseI64ArrayAttr(SmallVector<int64_t>(train.data.begin() + 1, train.data.end())));
  entries.integer("batch", train.batch);
  entries.integer("epochs", train.epochs);
  entries.integer("epochs_hyper", train.epochsHyper);
  entries.integer("batch_hyper", train.batchHyper);
  entries.add("measures", arrayOf(builder, train.measures, measureAttribute));
  entries.add("totals", arrayOf(builder, train.totals, totalAttribute));
  entries.add("nodes", arrayOf(builder, train.nodes, nodeAttribute));
  return entries.get();
}

DictionaryAttr layerAttribute(Builder &builder, const typed::Layer &layer, int64_t elementBytes) {
  Dictionary entries(builder);
  entries.text("path", layer.path);
  entries.add("shape", shapeAttribute(builder, layer.output));
  entries.integer("parameters", layer.parameters);
  entries.integer("macs", layer.macs);
  entries.integer("bytes", layer.elements * elementBytes);
  return entries.get();
}

// Rows that the batch buffers have room for: the largest batch of a training.
int64_t batchRoom(const typed::Program &program) {
  constexpr int64_t predictOnly = 64;
  if (program.trains.empty())
    return predictOnly;
  int64_t room = 1;
  for (const typed::Train &train : program.trains)
    room = std::max(room, train.batch);
  return room;
}

} // namespace

DictionaryAttr programAttribute(Builder &builder, const typed::Program &program, Precision precision) {
  Dictionary entries(builder);
  entries.text("name", program.name);
  entries.text("source_directory", program.sourceDirectory);
  entries.text("precision", precision == Precision::F32 ? "f32" : "f64");
  entries.integer("batch", batchRoom(program));
  entries.add("data", arrayOf(builder, program.data, dataAttribute));
  entries.add("hypers", arrayOf(builder, program.hypers, hyperAttribute));
  entries.add("trains", arrayOf(builder, program.trains, trainAttribute));
  if (program.predictData) {
    Dictionary predict(builder);
    predict.integer("data", *program.predictData);
    entries.add("predict", predict.get());
  }
  int64_t elementBytes = precision == Precision::F32 ? 4 : 8;
  entries.add("layers", arrayOf(builder, program.layers, [&](Builder &builder, const typed::Layer &layer) {
                return layerAttribute(builder, layer, elementBytes);
              }));
  return entries.get();
}

} // namespace nn
