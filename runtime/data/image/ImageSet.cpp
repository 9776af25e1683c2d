#include "runtime/data/image/ImageSet.h"
#include "runtime/base/File.h"
#include "runtime/base/Text.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/Files.h"
#include "runtime/data/Source.h"
#include "runtime/data/image/ImageLabels.h"
#include "runtime/data/image/Pictures.h"

#include <algorithm>

using namespace nnrt;

namespace {

struct Form {
  std::string place, labels, folder; // as the text has them
};

Result<Form> formOf(const nn_call &call, const std::string &dataSet) {
  Arguments arguments(call, dataSet);
  Form form;
  NNRT_ASSIGN(form.place, arguments.path(0));
  NNRT_ASSIGN(form.labels, arguments.textOr("labels", ""));
  NNRT_ASSIGN(form.folder, arguments.textOr("folder", ""));
  NNRT_TRY(arguments.finish());
  return form;
}

bool isPicture(const nn_field &field) { return field.classes == 0 && recordShape(field).size() >= 2; }

Result<PictureShape> pictureShape(const nn_field &field) {
  std::vector<int64_t> shape = recordShape(field);
  PictureShape picture;
  if (shape.size() == 2 || shape.size() == 3)
    picture = {shape[0], shape[1], shape.size() == 3 ? shape[2] : 1};
  else
    picture.channels = 0;
  if (picture.channels != 1 && picture.channels != 3)
    return dataError(std::string("field `") + field.name + "` has shape " + shapeText(shape) +
                     ", a picture has [height, width, 1] or [height, width, 3]");
  return picture;
}

// Whether a path goes through this folder, `train` or `photos/train`.
bool isBelow(const std::string &path, const std::string &folder) {
  return folder.empty() || ("/" + path).find("/" + folder + "/") != std::string::npos;
}

// For each picture the texts of the fields beside it; pictures without are bad records.
class Labels {
public:
  Labels(std::vector<const nn_field *> fields) : fields(std::move(fields)), texts(this->fields.size()) {}

  Status readTable(const Form &form, ReadContext &context) {
    NNRT_ASSIGN(std::string path, context.roots.find(form.labels));
    NNRT_ASSIGN(LabelTable read, LabelTable::read(path, fields, context.bad));
    table = std::move(read);
    return Done{};
  }

  // Every picture of the place is shown once, also those of other folders.
  void show(const std::string &path) {
    if (LabelTable::Row *row = table ? table->find(path) : nullptr)
      row->hasPicture = true;
  }

  void tellUnused(const std::string &place) const {
    if (table)
      table->tellUnused(place);
  }

  // Whether the picture belongs to the set: those whose row was bad have been told of.
  Result<bool> has(const std::string &path, const std::string &place) {
    if (!table)
      return true;
    LabelTable::Row *row = table->find(path);
    if (!row)
      return dataError("`" + table->path() + "` has no row for `" + joinPath(place, path) + "`");
    if (row->picture.empty())
      row->picture = path;
    if (row->isSkipped || row->picture == path)
      return !row->isSkipped;
    row->isAmbiguous = true;
    return ambiguity(*row, path, "`" + row->picture + "`");
  }

  // The first picture of such a row is read before the second is seen: both are left out.
  Status leaveOutAmbiguous(Pictures &pictures, SkipBad &bad) {
    std::vector<bool> leaves;
    for (const std::string &path : pictures.paths) {
      const LabelTable::Row *row = table ? table->find(path) : nullptr;
      leaves.push_back(row && row->isAmbiguous);
      if (leaves.back())
        NNRT_TRY(bad.skip(ambiguity(*row, path, "others")));
    }
    if (std::find(leaves.begin(), leaves.end(), true) == leaves.end())
      return Done{};
    std::vector<std::string> kept;
    for (size_t i = 0; i < leaves.size(); ++i)
      if (!leaves[i])
        kept.push_back(std::move(pictures.paths[i]));
    pictures.paths = std::move(kept);
    NNRT_ASSIGN(pictures.pixels, keptRecords(pictures.pixels, leaves, pictures.pixels.recordBytes()));
    return Done{};
  }

  void add(const std::string &path) {
    for (size_t i = 0; i < fields.size(); ++i)
      texts[i].push_back(table ? table->find(path)->cells[i] : folderName(path));
  }

  Column column(size_t i, const std::string &place) const {
    bool areNumbers = table && fields[i]->cell != NN_CELL_CATEGORY;
    return labelColumn(texts[i], areNumbers, table ? table->path() : place);
  }

private:
  Error ambiguity(const LabelTable::Row &row, const std::string &path, const std::string &other) const {
    return dataError("`" + table->path() + "`: line " + std::to_string(row.line) + " stands for `" + path +
                     "` and " + other + ": a row for each, with its path, tells them apart");
  }

  std::vector<const nn_field *> fields;
  std::vector<std::vector<std::string>> texts; // of each field
  std::optional<LabelTable> table;
};

Column columnOf(const std::string &place, const PictureShape &shape, Bytes pixels) {
  return {place, {shape.height, shape.width, shape.channels}, shape.size(), std::move(pixels)};
}

Error noPictures(const std::string &place, const std::string &folder) {
  return dataError("`" + place + "` holds no PNG or JPEG files" +
                   (folder.empty() ? "" : " below a folder `" + folder + "`"));
}

} // namespace

Result<Table> nnrt::readImages(const nn_data &data, const nn_call &call, ReadContext &context) {
  NNRT_ASSIGN(Form form, formOf(call, data.name));
  NNRT_ASSIGN(std::string place, context.roots.find(form.place));
  const nn_field *picture = std::find_if(data.fields, data.fields + data.field_count, isPicture);
  if (picture == data.fields + data.field_count)
    return dataError(std::string("data set `") + data.name + "`: `images` needs a field for the picture");
  NNRT_ASSIGN(PictureShape shape, pictureShape(*picture));
  std::vector<const nn_field *> others;
  for (const nn_field *field = data.fields; field != data.fields + data.field_count; ++field)
    if (field != picture)
      others.push_back(field);
  Labels labels(others);
  if (!form.labels.empty())
    NNRT_TRY(labels.readTable(form, context));
  Status unlabelled = Done{};
  auto wants = [&](const std::string &path) {
    labels.show(path);
    if (!isBelow(path, form.folder) || !unlabelled)
      return false;
    Result<bool> has = labels.has(path, place);
    if (!has)
      unlabelled = context.bad.skip(has.error());
    return has && *has;
  };
  NNRT_ASSIGN(Pictures pictures, readPictures(place, shape, wants, context.bad));
  NNRT_TRY(unlabelled);
  NNRT_TRY(labels.leaveOutAmbiguous(pictures, context.bad));
  if (pictures.paths.empty())
    return noPictures(place, form.folder);
  labels.tellUnused(place);
  for (const std::string &path : pictures.paths)
    labels.add(path);
  Table table;
  table.records = int64_t(pictures.paths.size());
  for (uint32_t i = 0, label = 0; i < data.field_count; ++i) {
    if (&data.fields[i] == picture) {
      table.columns.push_back(std::move(pictures.pixels));
      continue;
    }
    table.columns.push_back(labels.column(label++, place));
  }
  return table;
}

Result<Column> nnrt::readPictures(const std::string &place, const nn_field &field, SkipBad &bad) {
  NNRT_ASSIGN(PictureShape shape, pictureShape(field));
  if (isPicturePath(place) && !isDirectory(place)) {
    NNRT_ASSIGN(Bytes pixels, readPicture(place, shape));
    return columnOf(place, shape, std::move(pixels));
  }
  NNRT_ASSIGN(Pictures pictures, readPictures(
                                     place, shape, [](const std::string &) { return true; }, bad));
  if (pictures.paths.empty())
    return noPictures(place, "");
  return std::move(pictures.pixels);
}
