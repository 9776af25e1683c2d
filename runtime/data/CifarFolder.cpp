// A path that ends in `.bin` is a file of records, gzip or not; any other is a folder or an archive.
#include "runtime/data/CifarFolder.h"
#include "runtime/base/File.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/Cifar.h"
#include "runtime/data/Files.h"

#include <cstring>

using namespace nnrt;

namespace {

class Reader {
public:
  Reader(CifarForm form, bool ofTest, SkipBad &bad)
      : form(form), ofTest(ofTest), records(form), bad([&](Error error) { return bad.skip(error); }) {}

  Status read(const std::string &place);
  Table table(const std::string &origin) && { return std::move(records).table(origin); }

private:
  CifarForm form;
  bool ofTest;
  CifarRecords records;
  OnBadRecord bad;
};

Status Reader::read(const std::string &place) {
  if (!isDirectory(place) && endsWith(place, {".bin"})) {
    NNRT_ASSIGN(std::string content, readText(place, largestFile));
    return records.append(content, place, bad);
  }
  bool found = false;
  FileVisitor visitor;
  visitor.wants = [&](const std::string &path) {
    return isCifarFile(path.substr(path.rfind('/') + 1), form, ofTest);
  };
  visitor.visit = [&](const std::string &path, const Bytes &content) {
    found = true;
    return records.append({reinterpret_cast<const char *>(content.data()), content.size()},
                          joinPath(place, path), bad);
  };
  NNRT_TRY(visitFiles(place, visitor));
  if (found)
    return Done{};
  const char *names = form == CifarForm::hundred ? (ofTest ? "test.bin" : "train.bin")
                      : ofTest                   ? "test_batch.bin"
                                                 : "data_batch_1.bin to data_batch_5.bin";
  return dataError("`" + place + "` holds none of the files that CIFAR is distributed in: " + names);
}

} // namespace

Result<Table> nnrt::readCifar(const nn_data &data, const nn_call &call, bool ofTest, ReadContext &context) {
  CifarForm form = strcmp(call.name, "cifar100") ? CifarForm::ten : CifarForm::hundred;
  Arguments arguments(call, data.name);
  Reader reader(form, ofTest, context.bad);
  std::string origin;
  for (size_t i = 0; i < arguments.pathCount(); ++i) {
    NNRT_ASSIGN(std::string path, arguments.path(i));
    NNRT_ASSIGN(origin, context.roots.find(path));
    NNRT_TRY(reader.read(origin));
  }
  NNRT_TRY(arguments.finish());
  Table table = std::move(reader).table(origin);
  if (table.columns.size() > data.field_count)
    table.columns.resize(data.field_count);
  return table;
}
