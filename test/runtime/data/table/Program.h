// Data sets of tables for tests, written as the compiler describes them.
#ifndef NN_TEST_RUNTIME_DATA_TABLE_PROGRAM_H
#define NN_TEST_RUNTIME_DATA_TABLE_PROGRAM_H

#include "runtime/data/table/ReadTable.h"
#include "test/runtime/Support.h"

#include <deque>

namespace nntest {

// A call with its arguments, which owns them.
struct Call {
  struct Argument {
    std::string name, text; // a number when the text is empty
    double number = 0;
  };
  std::string name;
  std::vector<Argument> arguments = {};
};

// Columns are added one by one; the description is right as long as this lives.
class TableProgram {
public:
  explicit TableProgram(const Call &source = {"csv", {{"", "f.csv"}}}) {
    data = {};
    data.name = "set";
    data.train = make(source);
  }
  TableProgram(const TableProgram &) = delete;

  nn_field &add(const char *name, nn_field_kind kind, nn_cell cell, int64_t count = 0,
                const std::vector<Call> &steps = {}) {
    nn_field field = {};
    field.name = field.source_name = name;
    field.kind = kind;
    field.cell = cell;
    field.span = 1;
    field.categories = count;
    bool isLabel = cell == NN_CELL_CLASS || (cell == NN_CELL_CATEGORY && kind == NN_FIELD_TARGET);
    field.classes = isLabel ? count : 0;
    std::deque<nn_call> &calls = stepLists.emplace_back();
    for (const Call &step : steps)
      calls.push_back(make(step));
    flatSteps.emplace_back(calls.begin(), calls.end());
    field.steps = flatSteps.back().data();
    field.step_count = uint32_t(steps.size());
    fields.push_back(field);
    return fields.back();
  }
  nn_field &number(const char *name, const std::vector<Call> &steps = {}) {
    return add(name, NN_FIELD_COLUMN, NN_CELL_NUMBER, 0, steps);
  }
  nn_call make(const Call &call) {
    calls.push_back(call);
    const Call &kept = calls.back();
    std::vector<nn_value> &values = valueLists.emplace_back();
    for (const Call::Argument &argument : kept.arguments)
      values.push_back({argument.name.c_str(), argument.text.empty() ? nullptr : argument.text.c_str(),
                        argument.number, 0});
    return {kept.name.c_str(), uint32_t(values.size()), values.data()};
  }
  const nn_data &get() {
    flat.assign(fields.begin(), fields.end());
    data.fields = flat.data();
    data.field_count = uint32_t(flat.size());
    return data;
  }
  nnrt::Result<nnrt::Table> read(const std::string &text, nnrt::Purpose purpose = nnrt::Purpose::training,
                                 int64_t allowed = 0) {
    bad = {allowed, 0};
    NNRT_ASSIGN(nnrt::ByteReader bytes, nnrt::ByteReader::over("f.csv", text));
    return nnrt::readTable(get(), data.train, std::move(bytes), purpose, bad);
  }
  nn_data data;
  nnrt::SkipBad bad;

private:
  std::deque<nn_field> fields;
  std::vector<nn_field> flat;
  std::deque<Call> calls;
  std::deque<std::vector<nn_value>> valueLists;
  std::deque<std::deque<nn_call>> stepLists;
  std::deque<std::vector<nn_call>> flatSteps;
};

} // namespace nntest

#endif
