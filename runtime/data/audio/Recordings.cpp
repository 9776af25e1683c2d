// Files come in the order of their names, whatever holds them, so that a record has the same number in a
// folder and in an archive of it.
#include "runtime/data/audio/Recordings.h"
#include "runtime/base/File.h"
#include "runtime/base/Text.h"
#include "runtime/data/Arguments.h"
#include "runtime/data/ColumnWriter.h"
#include "runtime/data/Files.h"
#include "runtime/data/LabelText.h"
#include "runtime/data/NamePattern.h"
#include "runtime/data/NamedClasses.h"
#include "runtime/data/audio/Resample.h"
#include "runtime/data/audio/Wav.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace nnrt;

namespace {

struct Form {
  std::string place; // a path as the text has it
  int64_t rate = 0, samples = 0;
  std::optional<NamePattern> pattern;
};

struct Recording {
  std::string path;
  std::vector<std::string> parts; // of the name, one for each field but the first
};

// Sorted by path.
struct Recordings {
  std::vector<Recording> all;
  Column waveforms; // [all, samples]
};

Result<Form> formOf(const nn_call &call, const std::string &dataSet) {
  Arguments arguments(call, dataSet);
  Form form;
  NNRT_ASSIGN(form.place, arguments.path(0));
  NNRT_ASSIGN(form.rate, arguments.integerOr("rate", 8000, 1000, 1000000));
  NNRT_ASSIGN(double seconds, arguments.numberOr("seconds", 1, 1e-3, 3600));
  form.samples = std::llround(seconds * double(form.rate));
  NNRT_ASSIGN(std::string pattern, arguments.textOr("pattern", ""));
  if (!pattern.empty()) {
    NNRT_ASSIGN(NamePattern read, NamePattern::of(pattern));
    form.pattern = std::move(read);
  }
  NNRT_TRY(arguments.finish());
  return form;
}

// Of a long recording only the samples that are asked for are unpacked.
Result<Floats> waveformOf(const Bytes &content, const std::string &path, const Form &form) {
  std::string_view bytes(reinterpret_cast<const char *>(content.data()), content.size());
  auto most = [&](int64_t rate) { return samplesFor(form.samples, rate, form.rate); };
  NNRT_ASSIGN(Sound sound, decodeWav(bytes, path, most));
  Floats samples = resample(sound.samples, sound.rate, form.rate, form.samples);
  samples.resize(size_t(form.samples));
  return samples;
}

// Reads the recordings of one place.
class Collector {
public:
  Collector(const nn_data *data, const Form &form, const std::string &place, SkipBad &bad)
      : data(data), form(form), place(place), bad(bad),
        waveforms(place, {form.samples}, uint64_t(form.samples) * sizeof(float)) {}
  Result<Recordings> collect();

private:
  Status add(const std::string &path, const std::string &shown, const Bytes &content);
  Result<Recordings> sorted();
  Result<std::optional<std::vector<std::string>>> partsOf(const std::string &path,
                                                          const std::string &shown) const;

  const nn_data *data; // null where nobody asks for parts
  const Form &form;
  std::string place;
  SkipBad &bad;
  std::vector<Recording> recordings;
  ColumnWriter<float> waveforms; // of each of them
};

// Nothing for a file that the pattern's ranges leave to others.
Result<std::optional<std::vector<std::string>>> Collector::partsOf(const std::string &path,
                                                                   const std::string &shown) const {
  std::vector<std::string> parts;
  if (!data)
    return std::optional(parts);
  if (!form.pattern) {
    parts.assign(data->field_count - 1, folderName(path));
    return std::optional(parts);
  }
  auto texts = form.pattern->match(path);
  if (!texts)
    return dataError("`" + shown + "`: the name does not have the form of the pattern");
  if (!form.pattern->isWithin(*texts))
    return std::optional<std::vector<std::string>>();
  const std::vector<std::string> &names = form.pattern->names();
  for (uint32_t i = 1; i < data->field_count; ++i) {
    auto name = std::find(names.begin(), names.end(), data->fields[i].source_name);
    if (name == names.end())
      return dataError(std::string("data set `") + data->name + "`: the pattern of `wav` has no {" +
                       data->fields[i].source_name + "}");
    parts.push_back((*texts)[size_t(name - names.begin())]);
    bool isName = data->fields[i].cell == NN_CELL_CATEGORY;
    if (std::string mistake = isName ? "" : labelMistake(parts.back(), data->fields[i]); !mistake.empty())
      return dataError("`" + shown + "`: " + mistake);
  }
  return std::optional(parts);
}

// Fails only where there is no place for more, which is no fault of the recording.
Status Collector::add(const std::string &path, const std::string &shown, const Bytes &content) {
  auto parts = partsOf(path, shown);
  if (!parts)
    return bad.skip(parts.error());
  if (!*parts)
    return Done{};
  Result<Floats> samples = withinMemory(shown, [&] { return waveformOf(content, shown, form); });
  if (!samples)
    return bad.skip(samples.error());
  recordings.push_back({path, std::move(**parts)});
  return waveforms.append(samples->data());
}

Result<Recordings> Collector::sorted() {
  std::vector<size_t> order(recordings.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return recordings[a].path < recordings[b].path; });
  Recordings result;
  NNRT_ASSIGN(Column column, waveforms.finish());
  NNRT_ASSIGN(result.waveforms, reordered(std::move(column), order, uint64_t(form.samples) * sizeof(float)));
  for (size_t i : order)
    result.all.push_back(std::move(recordings[i]));
  return result;
}

Result<Recordings> Collector::collect() {
  FileVisitor visitor;
  visitor.wants = [](const std::string &path) { return endsWith(path, {".wav"}); };
  visitor.visit = [&](const std::string &path, const Bytes &content) {
    return add(path, joinPath(place, path), content);
  };
  visitor.unreadable = [&](const Error &error) { return bad.skip(error); };
  NNRT_TRY(visitFiles(place, visitor));
  if (recordings.empty())
    return dataError("`" + place + "` holds no WAV files");
  return sorted();
}

Column namesOf(const std::vector<Recording> &recordings, size_t part, const std::string &place) {
  std::vector<std::string> names;
  for (const Recording &recording : recordings)
    names.push_back(recording.parts[part]);
  return namedColumn(place, names);
}

Column numbersOf(const std::vector<Recording> &recordings, size_t part, const std::string &place) {
  Floats values;
  for (const Recording &recording : recordings)
    values.push_back(float(*parseNumber(recording.parts[part])));
  return Column{place, {}, 1, std::move(values)};
}

} // namespace

Result<Table> nnrt::readRecordings(const nn_data &data, const nn_call &call, ReadContext &context) {
  NNRT_ASSIGN(Form form, formOf(call, data.name));
  NNRT_ASSIGN(std::string place, context.roots.find(form.place));
  NNRT_ASSIGN(Recordings read, Collector(&data, form, place, context.bad).collect());
  const std::vector<Recording> &recordings = read.all;
  Table table;
  table.records = int64_t(recordings.size());
  table.columns.push_back(std::move(read.waveforms));
  for (uint32_t i = 1; i < data.field_count; ++i) {
    bool takesTexts = data.fields[i].cell == NN_CELL_CATEGORY || !form.pattern;
    if (takesTexts) {
      table.columns.push_back(namesOf(recordings, i - 1, place));
      continue;
    }
    table.columns.push_back(numbersOf(recordings, i - 1, place));
  }
  return table;
}

Result<Column> nnrt::readWaveforms(const std::string &place, const nn_call &call, const std::string &dataSet,
                                   SkipBad &bad) {
  NNRT_ASSIGN(Form form, formOf(call, dataSet));
  if (endsWith(place, {".wav"}) && !isDirectory(place)) {
    NNRT_ASSIGN(Bytes content, readWhole(place));
    NNRT_ASSIGN(Floats samples, withinMemory(place, [&] { return waveformOf(content, place, form); }));
    return Column{place, {form.samples}, form.samples, std::move(samples)};
  }
  NNRT_ASSIGN(Recordings read, Collector(nullptr, form, place, bad).collect());
  return std::move(read.waveforms);
}
