// The descriptor, struct by struct in the order of runtime/abi/Program.h.
#include "compiler/backend/Descriptor.h"
#include "compiler/backend/AbiTypes.h"
#include "compiler/backend/ConstantTable.h"
#include "compiler/backend/Record.h"
#include "llvm/ADT/StringSwitch.h"
#include "mlir/IR/BuiltinTypes.h"
#include "runtime/abi/Program.h"

namespace nn {

namespace {

using Constants = llvm::SmallVector<llvm::Constant *>;

class DescriptorBuilder {
public:
  DescriptorBuilder(mlir::ModuleOp source, llvm::Module &target, const DescriptorNames &names)
      : target(target), names(names), types(target.getContext()), table(target),
        program(source->getAttrOfType<mlir::DictionaryAttr>("nn.program"), fault),
        arena(source->getAttrOfType<mlir::DictionaryAttr>("nn.arena"), fault),
        checks(source->getAttrOfType<mlir::ArrayAttr>("nn.checks")), tensors(arena.records("tensors")) {}

  llvm::Constant *build();
  const std::string &brokenPromise() const { return fault; }

private:
  // An array as the two members that describe it.
  struct List {
    llvm::Constant *count, *values;
  };
  List list(llvm::Type *element, llvm::ArrayRef<llvm::Constant *> values) {
    return {table.int32(values.size()), table.array(element, values)};
  }

  nn_dtype floatType() const { return program.text("precision") == "f64" ? NN_F64 : NN_F32; }
  llvm::Constant *dtypeOf(mlir::Type element);
  llvm::Constant *tensor(const Record &tensor);
  const Record *find(llvm::StringRef role, llvm::StringRef name) const;
  llvm::Constant *absent(llvm::StringRef name, llvm::Constant *dtype, llvm::ArrayRef<int64_t> shape);
  llvm::Constant *tensor(llvm::StringRef role, llvm::StringRef name);
  llvm::Constant *input(const Record &field, llvm::StringRef data);
  List tensorsOf(llvm::StringRef role);
  List resultsOf(llvm::StructType *type, llvm::StringRef role, const llvm::Twine &entry);

  llvm::Constant *value(const Record &value);
  llvm::Constant *call(const Record &call);
  llvm::Constant *callIfGiven(const Record &data, llvm::StringRef split);
  List calls(const Record &owner, llvm::StringRef key);
  llvm::Constant *field(const Record &field, llvm::StringRef data);
  llvm::Constant *data(const Record &data);
  llvm::Constant *hyper(const Record &hyper);
  llvm::Constant *measure(const Record &measure);
  llvm::Constant *total(const Record &total, const llvm::Twine &entry);
  llvm::Constant *node(const Record &node);
  llvm::Constant *train(const Record &train);
  llvm::Constant *layer(const Record &layer);
  List checkNames();
  List cpuFeatures();

  // The function of that name, or null if it may be missing.
  llvm::Constant *entry(const llvm::Twine &name, bool required);

  template <typename Build>
  List listOf(const Record &owner, llvm::StringRef key, llvm::Type *element, Build build) {
    Constants values;
    for (const Record &record : owner.records(key))
      values.push_back(build(record));
    return list(element, values);
  }

  llvm::Module &target;
  const DescriptorNames &names;
  AbiTypes types;
  ConstantTable table;
  std::string fault;
  Record program, arena;
  mlir::ArrayAttr checks;
  std::vector<Record> tensors;
};

llvm::Constant *DescriptorBuilder::dtypeOf(mlir::Type element) {
  if (element.isF32())
    return table.int32(NN_F32);
  if (element.isF64())
    return table.int32(NN_F64);
  if (element.isInteger(32))
    return table.int32(NN_I32);
  if (!element.isInteger(64))
    program.complain("a tensor in the arena has an element type that the runtime does not know");
  return table.int32(NN_I64);
}

llvm::Constant *DescriptorBuilder::tensor(const Record &tensor) {
  mlir::RankedTensorType type = tensor.tensorType("type");
  if (!type)
    return llvm::Constant::getNullValue(types.tensor);
  llvm::SmallVector<int64_t> shape;
  for (int64_t size : type.getShape())
    shape.push_back(mlir::ShapedType::isDynamic(size) ? -1 : size);
  return llvm::ConstantStruct::get(types.tensor, table.text(tensor.text("name")),
                                   dtypeOf(type.getElementType()), table.int32(shape.size()),
                                   table.longs(shape), table.int64(tensor.integer("offset")),
                                   table.int64(tensor.integer("bytes")));
}

const Record *DescriptorBuilder::find(llvm::StringRef role, llvm::StringRef name) const {
  for (const Record &candidate : tensors)
    if (candidate.text("role") == role && candidate.text("name") == name)
      return &candidate;
  return nullptr;
}

// A tensor that no entry uses is not in the arena. Its name stays, for messages.
llvm::Constant *DescriptorBuilder::absent(llvm::StringRef name, llvm::Constant *dtype,
                                          llvm::ArrayRef<int64_t> shape) {
  return llvm::ConstantStruct::get(types.tensor, table.text(name), dtype, table.int32(shape.size()),
                                   table.longs(shape), table.int64(0), table.int64(0));
}

llvm::Constant *DescriptorBuilder::tensor(llvm::StringRef role, llvm::StringRef name) {
  const Record *found = find(role, name);
  return found ? tensor(*found) : absent(name, table.int32(NN_F32), {});
}

// The data are read and checked by the field's type even where no entry uses it.
llvm::Constant *DescriptorBuilder::input(const Record &field, llvm::StringRef data) {
  std::string name = (data + "." + field.text("name")).str();
  if (const Record *found = find("field", name))
    return tensor(*found);
  llvm::SmallVector<int64_t> shape{-1};
  llvm::append_range(shape, field.longs("shape"));
  return absent(name, table.int32(field.integer("classes") ? NN_I32 : floatType()), shape);
}

DescriptorBuilder::List DescriptorBuilder::tensorsOf(llvm::StringRef role) {
  Constants values;
  for (const Record &candidate : tensors)
    if (candidate.text("role") == role)
      values.push_back(tensor(candidate));
  return list(types.tensor, values);
}

// `nn_result` and `nn_output` are both a name and a tensor.
DescriptorBuilder::List DescriptorBuilder::resultsOf(llvm::StructType *type, llvm::StringRef role,
                                                     const llvm::Twine &entry) {
  std::string owner = entry.str();
  Constants values;
  for (const Record &candidate : tensors)
    if (candidate.text("role") == role && candidate.text("entry") == owner)
      values.push_back(
          llvm::ConstantStruct::get(type, table.text(candidate.text("name")), tensor(candidate)));
  return list(type, values);
}

llvm::Constant *DescriptorBuilder::value(const Record &value) {
  bool isText = value.has("text");
  return llvm::ConstantStruct::get(types.value, table.text(value.text("name")),
                                   isText ? table.text(value.text("text")) : table.null(),
                                   table.real(isText ? 0 : value.number("number")),
                                   table.int32(value.has("hyper") ? value.integer("hyper") + 1 : 0));
}

llvm::Constant *DescriptorBuilder::call(const Record &call) {
  Constants arguments;
  for (const Record &argument : call.records("arguments"))
    arguments.push_back(value(argument));
  auto [count, values] = list(types.value, arguments);
  return llvm::ConstantStruct::get(types.call, table.text(call.text("name")), count, values);
}

DescriptorBuilder::List DescriptorBuilder::calls(const Record &owner, llvm::StringRef key) {
  Constants values;
  for (const Record &each : owner.records(key))
    values.push_back(call(each));
  return list(types.call, values);
}

llvm::Constant *DescriptorBuilder::callIfGiven(const Record &data, llvm::StringRef split) {
  return data.has(split) ? call(data.record(split)) : llvm::Constant::getNullValue(types.call);
}

llvm::Constant *DescriptorBuilder::field(const Record &field, llvm::StringRef data) {
  List steps = calls(field, "steps"), augments = calls(field, "augments");
  auto number = [&](llvm::StringRef key) { return field.has(key) ? field.integer(key) : 0; };
  llvm::StringRef name = field.text("name");
  return llvm::ConstantStruct::get(
      types.field, table.text(name), table.int64(field.integer("classes")), steps.count, steps.values,
      input(field, data), table.int32(number("kind")), table.int32(number("cell")),
      table.text(field.has("source_name") ? field.text("source_name") : name), table.int64(number("span")),
      table.int64(number("categories")), table.int32(number("has_unknown")), augments.count, augments.values,
      table.int32(number("of")));
}

llvm::Constant *DescriptorBuilder::data(const Record &data) {
  llvm::StringRef name = data.text("name");
  Constants fields;
  for (const Record &record : data.records("fields"))
    fields.push_back(field(record, name));
  auto [count, values] = list(types.field, fields);
  auto share = [&](llvm::StringRef key) { return table.real(data.has(key) ? data.number(key) : 0); };
  auto number = [&](llvm::StringRef key) { return table.int32(data.has(key) ? data.integer(key) : 0); };
  return llvm::ConstantStruct::get(
      types.data, table.text(name), callIfGiven(data, "train"), callIfGiven(data, "validation"),
      callIfGiven(data, "test"), share("validation_share"), share("test_share"), count, values,
      tensor("ids", name), callIfGiven(data, "partition"), callIfGiven(data, "windows"),
      number("drops_duplicates"), number("balance"));
}

llvm::Constant *DescriptorBuilder::hyper(const Record &hyper) {
  int type = llvm::StringSwitch<int>(hyper.text("type"))
                 .Case("float", NN_HYPER_FLOAT)
                 .Case("int", NN_HYPER_INT)
                 .Case("bool", NN_HYPER_BOOL)
                 .Default(-1);
  int range = llvm::StringSwitch<int>(hyper.text("range"))
                  .Case("none", NN_RANGE_NONE)
                  .Case("linear", NN_RANGE_LINEAR)
                  .Case("log", NN_RANGE_LOG)
                  .Case("list", NN_RANGE_LIST)
                  .Default(-1);
  if (type < 0 || range < 0)
    hyper.complain("a hyperparameter has a type or a range that the runtime does not know");
  bool bounded = range == NN_RANGE_LINEAR || range == NN_RANGE_LOG;
  llvm::ArrayRef<double> choices = hyper.reals("choices");
  llvm::StringRef name = hyper.text("name");
  return llvm::ConstantStruct::get(
      types.hyper, table.text(name), table.text(hyper.text("doc")), table.int32(type),
      table.int32(hyper.flag("compiled")), table.real(hyper.number("value")), table.int32(range),
      table.real(bounded ? hyper.number("low") : 0), table.real(bounded ? hyper.number("high") : 0),
      table.int32(choices.size()), table.reals(choices), tensor("hyper", name));
}

llvm::Constant *DescriptorBuilder::measure(const Record &measure) {
  return llvm::ConstantStruct::get(types.measure, table.text(measure.text("name")),
                                   table.int64(measure.integer("node")));
}

llvm::Constant *DescriptorBuilder::total(const Record &total, const llvm::Twine &entry) {
  int kind = llvm::StringSwitch<int>(total.text("kind"))
                 .Case("sum", NN_TOTAL_SUM)
                 .Case("max", NN_TOTAL_MAX)
                 .Case("min", NN_TOTAL_MIN)
                 .Case("mean", NN_TOTAL_MEAN)
                 .Case("variance", NN_TOTAL_VARIANCE)
                 .Case("area", NN_TOTAL_AREA)
                 .Case("last", NN_TOTAL_LAST)
                 .Default(-1);
  if (kind < 0)
    total.complain("a total has a kind that the runtime does not know");
  std::string owner = entry.str();
  for (const Record &candidate : tensors)
    if (candidate.text("role") == "total" && candidate.text("entry") == owner &&
        candidate.text("name") == total.text("name"))
      return llvm::ConstantStruct::get(types.total, table.int32(kind), tensor(candidate));
  total.complain("a total is not in the arena");
  return llvm::Constant::getNullValue(types.total);
}

llvm::Constant *DescriptorBuilder::node(const Record &node) {
  llvm::ArrayRef<int64_t> operands = node.longs("operands"), shape = node.longs("shape"),
                          axes = node.longs("axes");
  return llvm::ConstantStruct::get(types.node, table.text(node.text("op")), table.int32(operands.size()),
                                   table.longs(operands), table.int32(shape.size()), table.longs(shape),
                                   table.int32(axes.size()), table.longs(axes),
                                   table.longs(node.longs("strides")), table.real(node.number("number")));
}

llvm::Constant *DescriptorBuilder::train(const Record &train) {
  llvm::StringRef name = train.text("name");
  List terms = resultsOf(types.result, "term", name + ".step");
  List evalTerms = resultsOf(types.result, "term", name + ".eval");
  List measures =
      listOf(train, "measures", types.measure, [&](const Record &record) { return measure(record); });
  List totals = listOf(train, "totals", types.total,
                       [&](const Record &record) { return total(record, name + ".eval"); });
  List nodes = listOf(train, "nodes", types.node, [&](const Record &record) { return node(record); });
  llvm::ArrayRef<int64_t> others = train.has("others") ? train.longs("others") : llvm::ArrayRef<int64_t>();
  return llvm::ConstantStruct::get(
      types.train, table.text(name), table.int32(train.integer("data")), table.int32(others.size()),
      table.longs(others), table.int64(train.integer("batch")), table.int64(train.integer("epochs")),
      table.int32(train.integer("epochs_hyper")), table.int32(train.integer("batch_hyper")),
      entry(name + ".step", true), entry(name + ".eval", true), terms.count, terms.values, evalTerms.count,
      evalTerms.values, measures.count, measures.values, totals.count, totals.values, nodes.count,
      nodes.values);
}

llvm::Constant *DescriptorBuilder::layer(const Record &layer) {
  llvm::ArrayRef<int64_t> shape = layer.longs("shape");
  return llvm::ConstantStruct::get(types.layer, table.text(layer.text("path")), table.int32(shape.size()),
                                   table.longs(shape), table.int64(layer.integer("parameters")),
                                   table.int64(layer.integer("macs")), table.int64(layer.integer("bytes")));
}

DescriptorBuilder::List DescriptorBuilder::checkNames() {
  Constants values;
  for (mlir::Attribute name : checks ? checks.getValue() : llvm::ArrayRef<mlir::Attribute>()) {
    auto text = llvm::dyn_cast<mlir::StringAttr>(name);
    if (!text)
      program.complain("`nn.checks` has an element that is not a string");
    values.push_back(table.text(text ? text.getValue() : ""));
  }
  return list(llvm::PointerType::getUnqual(target.getContext()), values);
}

DescriptorBuilder::List DescriptorBuilder::cpuFeatures() {
  Constants values;
  for (const std::string &feature : names.cpuFeatures)
    values.push_back(table.text(feature));
  return list(llvm::PointerType::getUnqual(target.getContext()), values);
}

llvm::Constant *DescriptorBuilder::entry(const llvm::Twine &name, bool required) {
  llvm::Function *function = target.getFunction(name.str());
  if (function && !function->isDeclaration())
    return function;
  if (required)
    program.complain("there is no entry `" + name + "`");
  return table.null();
}

llvm::Constant *DescriptorBuilder::build() {
  List parameters = tensorsOf("parameter"), states = tensorsOf("state"), optimizer = tensorsOf("optimizer");
  List hypers = listOf(program, "hypers", types.hyper, [&](const Record &record) { return hyper(record); });
  List datas = listOf(program, "data", types.data, [&](const Record &record) { return data(record); });
  List trains = listOf(program, "trains", types.train, [&](const Record &record) { return train(record); });
  List layers = listOf(program, "layers", types.layer, [&](const Record &record) { return layer(record); });
  List outputs = resultsOf(types.output, "output", "predict");
  List checkList = checkNames(), features = cpuFeatures();
  bool predicts = program.has("predict");

  return llvm::ConstantStruct::get(
      types.program, table.int32(NN_ABI_VERSION), table.int32(floatType()), table.text(program.text("name")),
      table.text(program.text("source_directory")), table.text(names.compiler), table.text(names.cpu),
      features.count, features.values, table.int64(arena.integer("bytes")),
      table.int64(arena.integer("persistent")), table.int64(program.integer("batch")), parameters.count,
      states.count, optimizer.count, parameters.values, states.values, optimizer.values,
      tensor("seed", "seed"), tensor("step", "step"), tensor("steps", "steps"), tensor("epoch", "epoch"),
      tensor("epochs", "epochs"), hypers.count, datas.count, trains.count, outputs.count, layers.count,
      hypers.values, datas.values, trains.values, outputs.values, layers.values, checkList.count,
      checkList.values, entry("init", true), entry("fold", false), entry("predict", predicts),
      table.int32(predicts ? program.record("predict").integer("data") : 0));
}

} // namespace

mlir::LogicalResult addDescriptor(mlir::ModuleOp source, llvm::Module &target, const DescriptorNames &names) {
  DescriptorBuilder builder(source, target, names);
  llvm::Constant *value = builder.build();
  if (!builder.brokenPromise().empty())
    return source.emitError("the descriptor cannot be built: " + builder.brokenPromise());
  new llvm::GlobalVariable(target, value->getType(), /*isConstant=*/true, llvm::GlobalValue::ExternalLinkage,
                           value, descriptorSymbol);
  return mlir::success();
}

} // namespace nn
