// A path that ends in `.bin` is a file of records, gzip or not; any other is a folder or an archive.
#include "runtime/data/CifarFolder.h"
#include "runtime/base/File.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/Cifar.h"
#include "runtime/data/Files.h"
#include "runtime/data/Gzip.h"

#include <algorithm>
#include <cstring>
#include <set>

using namespace nnrt;

namespace {

class Reader {
public:
  Reader(CifarForm form, bool ofTest, const std::string &origin, SkipBad &bad)
      : form(form), ofTest(ofTest), records(form, origin), bad([&](Error error) { return bad.skip(error); }) {
  }

  Status read(const std::string &place);
  Result<Table> finish() { return records.finish(); }

private:
  CifarForm form;
  bool ofTest;
  CifarRecords records;
  OnBadRecord bad;
};

Status Reader::read(const std::string &place) {
  if (!isDirectory(place) && endsWith(place, {".bin"})) {
    NNRT_ASSIGN(ByteReader file, ByteReader::open(place));
    return records.append([&](void *buffer, size_t count) { return file.read(buffer, count); }, place, bad);
  }
  const std::vector<std::string> names = cifarFiles(form, ofTest);
  std::set<std::string> missing(names.begin(), names.end());
  auto nameOf = [](const std::string &path) { return path.substr(path.rfind('/') + 1); };
  StreamVisitor visitor;
  visitor.wants = [&](const std::string &path) {
    return std::find(names.begin(), names.end(), nameOf(path)) != names.end();
  };
  visitor.visit = [&](const std::string &path, const ReadBytes &bytes) {
    missing.erase(nameOf(path));
    return records.append(bytes, joinPath(place, path), bad);
  };
  NNRT_TRY(streamFiles(place, visitor));
  if (missing.empty())
    return Done{};
  std::string all = names[0] + (names.size() > 1 ? " to " + names.back() : "");
  if (missing.size() == names.size())
    return dataError("`" + place + "` holds none of the files that CIFAR is distributed in: " + all);
  return dataError("`" + place + "` holds no file `" + *missing.begin() + "`, one of " + all +
                   "; to read only some of them, name each instead of what holds them");
}

} // namespace

Result<Table> nnrt::readCifar(const nn_data &data, const nn_call &call, bool ofTest, ReadContext &context) {
  CifarForm form = strcmp(call.name, "cifar100") ? CifarForm::ten : CifarForm::hundred;
  Arguments arguments(call, data.name);
  std::vector<std::string> places;
  for (size_t i = 0; i < arguments.pathCount(); ++i) {
    NNRT_ASSIGN(std::string path, arguments.path(i));
    NNRT_ASSIGN(std::string place, context.roots.find(path));
    places.push_back(std::move(place));
  }
  NNRT_TRY(arguments.finish());
  Reader reader(form, ofTest, places.empty() ? "" : places.back(), context.bad);
  for (const std::string &place : places)
    NNRT_TRY(reader.read(place));
  NNRT_ASSIGN(Table table, reader.finish());
  if (table.columns.size() > data.field_count)
    table.columns.resize(data.field_count);
  return table;
}
