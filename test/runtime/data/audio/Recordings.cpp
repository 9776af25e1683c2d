// Folders and archives of WAV files as records: what the names say, what is left out, what predict reads.
#include "runtime/data/audio/Recordings.h"
#include "runtime/data/Preprocess.h"
#include "runtime/data/Source.h"
#include "test/runtime/Support.h"
#include "test/runtime/data/audio/WavBytes.h"

#include <filesystem>

using namespace nnrt;
using namespace nntest;

namespace {

const int64_t soundShape[] = {-1, 1000}, labelShape[] = {-1};

nn_field soundField() { return {"sound", 0, 0, nullptr, {"sound", NN_F32, 2, soundShape, 0, 0}}; }
nn_field labelField(const char *name, int64_t classes, nn_cell cell) {
  nn_field field = {name, classes, 0, nullptr, {name, NN_I32, 1, labelShape, 0, 0}};
  field.cell = cell;
  field.source_name = name;
  field.categories = classes;
  return field;
}

struct Folder {
  TemporaryFolder folder;
  std::vector<nn_field> fields = {soundField(), labelField("digit", 10, NN_CELL_NUMBER),
                                  labelField("speaker", 2, NN_CELL_CATEGORY)};
  std::vector<nn_value> arguments = {{"", "sounds", 0, 0},
                                     {"rate", nullptr, 8000, 0},
                                     {"seconds", nullptr, 0.125, 0},
                                     {"pattern", "{digit}_{speaker}.wav", 0, 0}};
  ReadContext context{0, DataRoots::of(folder.path(), nn_program_descriptor)};

  Folder() { std::filesystem::create_directories(folder / "sounds/a"); }
  void write(const std::string &name, const ByteString &bytes) {
    writeBytes(folder / ("sounds/" + name), bytes);
  }
  nn_call call() const { return {"wav", uint32_t(arguments.size()), arguments.data()}; }
  Result<Table> load() {
    nn_data data = {"spoken", call(), {}, {}, 0, 0, uint32_t(fields.size()), fields.data(), {}};
    return loadSource(data, data.train, SplitName::train, context);
  }
};

ByteString constantWav(int16_t value, size_t count, uint32_t rate = 8000) {
  ByteString data;
  for (size_t i = 0; i < count; ++i)
    data += word16(uint16_t(value));
  return wavBytes(1, 1, 16, data, rate);
}

const nn_call names[] = {{"names", 0, nullptr}}; // as the compiler describes a class that has names

using Names = std::vector<std::string>;
Names namesOf(const Column &column) {
  Names names;
  for (int64_t i = 0; i < column.records(); ++i)
    names.push_back(column.dictionary->texts[size_t(column.at(i))]);
  return names;
}

} // namespace

TEST(Recordings, NamesBecomeFields) {
  Folder folder;
  folder.write("7_theo.wav", constantWav(0x4000, 10));
  folder.write("a/3_anna.WAV.wav", constantWav(0x2000, 2000));
  folder.write("readme.txt", "no sound");
  folder.arguments[3].text = "{digit}_{speaker}.wav";
  auto table = folder.load();
  ASSERT_TRUE(table) << messageOf(table);
  ASSERT_EQ(table->records, 2);
  EXPECT_TRUE(std::get<Stored<float>>(table->columns[1].values) == (Floats{7, 3}));
  EXPECT_EQ(namesOf(table->columns[2]), (Names{"theo", "anna.WAV"}));
  // Filled up with zeros, or cut.
  EXPECT_EQ(table->columns[0].at(9), 0.5);
  EXPECT_EQ(table->columns[0].at(10), 0);
  EXPECT_EQ(table->columns[0].at(1999), 0.25);
}

TEST(Recordings, OtherRatesAreResampled) {
  Folder folder;
  folder.write("1_a.wav", constantWav(0x4000, 8000, 16000));
  folder.write("2_b.wav", constantWav(0x4000, 8000, 44100));
  auto table = folder.load();
  ASSERT_TRUE(table) << messageOf(table);
  for (int64_t record : {0, 1})
    EXPECT_NEAR(table->columns[0].at(record * 1000 + 500), 0.5, 1e-4);
}

TEST(Recordings, WithoutAPatternTheFolderIsTheClass) {
  Folder folder;
  folder.arguments.pop_back();
  folder.fields = {soundField(), labelField("word", 2, NN_CELL_NUMBER)};
  std::filesystem::create_directories(folder.folder / "sounds/b");
  folder.write("b/x.wav", constantWav(1, 9));
  folder.write("a/x.wav", constantWav(1, 9));
  folder.write("b/y.wav", constantWav(1, 9));
  auto table = folder.load();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(namesOf(table->columns[1]), (Names{"a", "b", "b"}));
  EXPECT_EQ(table->columns[1].at(0), 1); // in the order of the names
  folder.fields[1].step_count = 1;
  folder.fields[1].steps = names;
  folder.fields[1].classes = 3;
  Result<Preprocess> steps = Preprocess::of(nn_data{"spoken"}, folder.fields[1]);
  EXPECT_CONTAINS(messageOf(steps->fit(*table, 1, Indices::all(3))),
                  "2 different names for field `word`, which has 3 classes");
}

TEST(Recordings, BadFilesAreNamedOrSkipped) {
  Folder folder;
  folder.write("1_a.wav", constantWav(1, 9));
  folder.write("2_b.wav", constantWav(1, 9));
  folder.write("3_a.wav", constantWav(1, 9).substr(0, 50));
  folder.write("nameless.wav", constantWav(1, 9));
  auto table = folder.load();
  EXPECT_EQ(codeOf(table), exitData);
  EXPECT_CONTAINS(messageOf(table), "sounds/3_a.wav`: the header promises");
  folder.context.bad.allowed = 1;
  EXPECT_CONTAINS(messageOf(folder.load()), "nameless.wav`: the name does not have the form of the pattern");
  folder.context.bad = {2, 0};
  table = folder.load();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->records, 2);
  EXPECT_EQ(folder.context.bad.skipped, 2);
}

TEST(Recordings, FilesThatCannotBeOpenedAreSkipped) {
  Folder folder;
  folder.write("1_a.wav", constantWav(1, 9));
  folder.write("2_b.wav", constantWav(1, 9));
  std::filesystem::create_symlink("none", folder.folder / "sounds/3_a.wav");
  EXPECT_CONTAINS(messageOf(folder.load()), "sounds/3_a.wav`: cannot open");
  folder.context.bad = {1, 0};
  auto table = folder.load();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->records, 2);
}

TEST(Recordings, RangesOfThePatternLeaveFilesOut) {
  Folder folder;
  for (const char *name : {"1_a.wav", "2_b.wav", "3_a.wav", "4_b.wav"})
    folder.write(name, constantWav(1, 9));
  folder.arguments[3].text = "{digit:2-3}_{speaker}.wav";
  auto table = folder.load();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_TRUE(std::get<Stored<float>>(table->columns[1].values) == (Floats{2, 3}));
}

TEST(Recordings, PartsOfNamesMustFitTheirFields) {
  Folder folder;
  folder.write("x_a.wav", constantWav(1, 9));
  folder.write("2_b.wav", constantWav(1, 9));
  EXPECT_CONTAINS(messageOf(folder.load()),
                  "x_a.wav`: `x` for field `digit` is not a number; `category(k)` takes texts");
  std::filesystem::remove(folder.folder / "sounds/x_a.wav");
  folder.write("12_a.wav", constantWav(1, 9));
  EXPECT_CONTAINS(messageOf(folder.load()), "12_a.wav`: label `12` for field `digit` is not in class(10)");
  folder.write("3_a.wav", constantWav(1, 9));
  folder.context.bad.allowed = 1;
  auto table = folder.load();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_TRUE(std::get<Stored<float>>(table->columns[1].values) == (Floats{2, 3}));
  EXPECT_EQ(folder.context.bad.skipped, 1);
  std::filesystem::remove_all(folder.folder / "sounds");
  EXPECT_CONTAINS(messageOf(folder.load()), "not found");
  std::filesystem::create_directories(folder.folder / "sounds");
  EXPECT_CONTAINS(messageOf(folder.load()), "holds no WAV files");
}

TEST(Recordings, PredictReadsAFileOrAFolder) {
  Folder folder;
  folder.write("1_a.wav", constantWav(0x4000, 9));
  folder.write("2_b.wav", constantWav(0x2000, 9));
  auto one = readWaveforms(folder.folder / "sounds/2_b.wav", folder.call(), "spoken", folder.context.bad);
  ASSERT_TRUE(one) << messageOf(one);
  EXPECT_EQ(one->records(), 1);
  EXPECT_EQ(one->at(0), 0.25);
  auto all = readWaveforms(folder.folder / "sounds", folder.call(), "spoken", folder.context.bad);
  ASSERT_TRUE(all) << messageOf(all);
  EXPECT_EQ(all->records(), 2);
}

TEST(Recordings, StepsMakeTheFieldsShape) {
  Folder folder;
  folder.fields.resize(1);
  folder.write("1_a.wav", constantWav(0x4000, 900));
  const nn_value numbers[] = {{"rate", nullptr, 8000, 0},       {"window", nullptr, 200, 0},
                              {"hop", nullptr, 80, 0},          {"bands", nullptr, 26, 0},
                              {"coefficients", nullptr, 13, 0}, {"deltas", nullptr, 1, 0}};
  const nn_call steps[] = {{"mfcc", 6, numbers}};
  const int64_t shape[] = {-1, 11, 26}, wrong[] = {-1, 11, 13};
  folder.fields[0] = {"sound", 0, 1, steps, {"sound", NN_F32, 3, shape, 0, 0}};
  auto table = folder.load();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->columns[0].shape, (std::vector<int64_t>{11, 26}));
  EXPECT_EQ(table->columns[0].records(), 1);
  folder.fields[0].input.shape = wrong;
  EXPECT_CONTAINS(messageOf(folder.load()), "its steps make 286 values of a record, expected shape [11, 13]");
}
