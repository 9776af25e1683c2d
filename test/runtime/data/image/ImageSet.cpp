// Folders, archives and tables of labels give the same records; what is bad is told, and skipped when asked.
#include "runtime/data/image/ImageSet.h"
#include "runtime/base/ThreadPool.h"
#include "runtime/data/Batch.h"
#include "runtime/data/image/PngWrite.h"
#include "test/runtime/data/image/Expected.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace nnrt;
using namespace nntest;

namespace {

const int64_t imageShape[] = {-1, 4, 6, 1}, colourShape[] = {-1, 4, 6, 3}, labelShape[] = {-1};

nn_field picture(const int64_t *shape) {
  nn_field field = {"image", 0, 0, nullptr, {"image", NN_F32, 4, shape, 0, 0}};
  field.source_name = "image";
  return field;
}
nn_field label(int64_t classes, nn_cell cell = NN_CELL_CLASS) {
  nn_field field = {"label", classes, 0, nullptr, {"label", NN_I32, 1, labelShape, 0, 0}};
  field.cell = cell;
  field.source_name = "label";
  return field;
}
const nn_value noUnknown[] = {{"unknown", nullptr, 0}}, withUnknown[] = {{"unknown", nullptr, 1}};
const nn_call strictNames[] = {{"names", 1, noUnknown}}, openNames[] = {{"names", 1, withUnknown}};
// As the compiler describes a class that folders name.
nn_field namedLabel(int64_t classes, const nn_call *step = strictNames) {
  nn_field field = label(classes);
  field.step_count = 1;
  field.steps = step;
  field.input.bytes = 4;
  return field;
}

// Two folders of two pictures each; the pixels of a picture tell which one it is.
struct Set {
  TemporaryFolder folder;
  std::vector<nn_field> fields;
  std::vector<nn_value> arguments = {{"", "set", 0}};
  SkipBad bad;

  explicit Set(std::vector<nn_field> fields, int64_t channels = 1) : fields(std::move(fields)) {
    for (const char *name : {"set", "set/zebra", "set/ant"})
      mkdir((folder / name).c_str(), 0700);
    add("set/zebra/1.png", 10, channels);
    add("set/zebra/2.png", 20, channels);
    add("set/ant/1.png", 30, channels);
    add("set/ant/2.png", 40, channels);
    writeBytes(folder / "set/ant/notes.txt", "no picture");
  }
  void add(const std::string &path, uint8_t value, int64_t channels = 1) {
    Image image{8, 12, channels, nnrt::Bytes(size_t(96 * channels), value)};
    writeBytes(folder / path, *encodePng(image));
  }
  Result<Table> read() {
    nn_data data = {};
    data.name = "pictures";
    data.field_count = uint32_t(fields.size());
    data.fields = fields.data();
    nn_call call = {"images", uint32_t(arguments.size()), arguments.data()};
    ReadContext context{0, DataRoots::of(folder.path(), nn_program_descriptor), {}, bad};
    Result<Table> table = readImages(data, call, context);
    bad = context.bad;
    return table;
  }
};

std::vector<double> valuesOf(const Column &column) {
  std::vector<double> values;
  for (int64_t i = 0; i < column.records(); ++i)
    values.push_back(column.at(i * column.width));
  return values;
}
using Values = std::vector<double>;

std::vector<std::string> namesOf(const Column &column) {
  std::vector<std::string> names;
  for (double place : valuesOf(column))
    names.push_back(column.dictionary->texts[size_t(place)]);
  return names;
}
using Names = std::vector<std::string>;

} // namespace

TEST(ImageSet, FoldersAreTheClassesInOrder) {
  for (int64_t threads : {1, 3}) {
    setThreadCount(threads);
    Set set({picture(imageShape), label(2)});
    Result<Table> table = set.read();
    ASSERT_TRUE(table) << messageOf(table);
    EXPECT_EQ(table->columns[0].width, 24);
    EXPECT_EQ(valuesOf(table->columns[0]), (Values{30, 40, 10, 20}));
    EXPECT_EQ(namesOf(table->columns[1]), (Names{"ant", "ant", "zebra", "zebra"}));
  }
  setThreadCount(1);
}

TEST(ImageSet, AnArchiveGivesTheSameInAnyOrder) {
  Set set({picture(imageShape), label(2)});
  std::string command =
      "cd " + set.folder.path() +
      " && tar czf set.tgz set/zebra/2.png set/ant set/zebra/1.png && rm -r set && mv set.tgz set";
  ASSERT_EQ(system(command.c_str()), 0);
  Result<Table> table = set.read();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Values{30, 40, 10, 20}));
  EXPECT_EQ(namesOf(table->columns[1]), (Names{"ant", "ant", "zebra", "zebra"}));
}

TEST(ImageSet, AMemberThatStandsTwiceIsAMistake) {
  Set set({picture(imageShape), label(2)});
  std::string command =
      "cd " + set.folder.path() +
      " && tar cf set.tar set/ant set/zebra && tar rf set.tar set/ant/2.png && rm -r set && mv set.tar set";
  ASSERT_EQ(system(command.c_str()), 0);
  EXPECT_CONTAINS(messageOf(set.read()), "`set/ant/2.png` stands in it twice");
}

TEST(ImageSet, AFolderChoosesAPart) {
  Set set({picture(imageShape), label(1)});
  set.arguments.push_back({"folder", "zebra", 0});
  Result<Table> table = set.read();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Values{10, 20}));
  set.arguments.back().text = "zeb";
  EXPECT_CONTAINS(messageOf(set.read()), "holds no PNG or JPEG files below a folder `zeb`");
}

TEST(ImageSet, AllGreyOrAllColourIsConverted) {
  Set grey({picture(colourShape), label(2)});
  EXPECT_EQ(valuesOf(grey.read()->columns[0]), (Values{30, 40, 10, 20}));
  EXPECT_EQ(grey.read()->columns[0].width, 72);
  Set colour({picture(imageShape), label(2)}, 3);
  EXPECT_EQ(valuesOf(colour.read()->columns[0]), (Values{30, 40, 10, 20}));
}

TEST(ImageSet, MixedChannelsHaveTheirOwnMessage) {
  Set set({picture(imageShape), label(2)});
  set.add("set/zebra/3.png", 50, 3);
  EXPECT_CONTAINS(messageOf(set.read()), "set/zebra/3.png` is in colour, `");
  EXPECT_CONTAINS(messageOf(set.read()),
                  "set/ant/1.png` is grey: the pictures of a set have the same channels");
  set.bad.allowed = 1;
  Result<Table> table = set.read();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(table->records, 4);
  EXPECT_EQ(set.bad.skipped, 1);
}

TEST(ImageSet, BadPicturesAreSkippedUpToTheNumberAllowed) {
  Set set({picture(imageShape), label(2)});
  writeBytes(set.folder / "set/ant/0.png", "no PNG");
  ByteString png = readBytes(set.folder / "set/ant/1.png");
  writeBytes(set.folder / "set/zebra/0.jpg", png.substr(0, png.size() / 2));
  EXPECT_EQ(codeOf(set.read()), exitData);
  EXPECT_CONTAINS(messageOf(set.read()), "set/ant/0.png` is neither PNG nor JPEG");
  set.bad.allowed = 1;
  EXPECT_CONTAINS(messageOf(set.read()), "set/zebra/0.jpg` is truncated");
  set.bad = {2, 0};
  Result<Table> table = set.read();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Values{30, 40, 10, 20}));
  EXPECT_EQ(set.bad.skipped, 2);
}

// They would be missed, where notes beside the pictures are not.
TEST(ImageSet, PicturesThatCannotBeOpenedAreSkipped) {
  Set set({picture(imageShape), label(2)});
  ASSERT_EQ(symlink("none.png", (set.folder / "set/ant/3.png").c_str()), 0);
  ASSERT_EQ(mkfifo((set.folder / "set/zebra/0.png").c_str(), 0600), 0);
  EXPECT_CONTAINS(messageOf(set.read()), "set/ant/3.png`: cannot open");
  set.bad.allowed = 1;
  EXPECT_CONTAINS(messageOf(set.read()), "set/zebra/0.png` is not a regular file");
  set.bad = {2, 0};
  Result<Table> table = set.read();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Values{30, 40, 10, 20}));
}

TEST(ImageSet, PicturesOfOtherFormatsAreNotLeftOutInSilence) {
  Set set({picture(imageShape), label(2)});
  writeBytes(set.folder / "set/ant/0.gif", "GIF89a");
  writeBytes(set.folder / "set/ant/notes.txt", "ants");
  EXPECT_CONTAINS(messageOf(set.read()), "set/ant/0.gif` is neither PNG nor JPEG");
  set.bad.allowed = 1;
  EXPECT_EQ(set.read()->records, 4);
  EXPECT_EQ(set.bad.skipped, 1);
  set.arguments.push_back({"folder", "zebra", 0});
  set.bad = {};
  set.fields[1] = label(1);
  EXPECT_EQ(set.read()->records, 2);
}

TEST(ImageSet, AnotherNumberOfClassesIsAMistake) {
  Set set({picture(imageShape), namedLabel(3)});
  Result<Table> table = set.read();
  Result<Preprocess> steps = Preprocess::of(nn_data{"pictures"}, set.fields[1]);
  EXPECT_CONTAINS(messageOf(steps->fit(*table, 1, Indices::all(4))),
                  "has 2 different names for field `label`, which has 3 classes: `ant`, `zebra`");
}

// Places are those of one folder; the class of a name is that of training.
TEST(ImageSet, AnotherFolderHasTheClassesOfTraining) {
  Set set({picture(imageShape), namedLabel(2)});
  Result<Table> table = set.read();
  Result<Preprocess> steps = Preprocess::of(nn_data{"pictures"}, set.fields[1]);
  ASSERT_TRUE(steps->fit(*table, 1, Indices::all(4)));
  EXPECT_EQ(steps->fitted()[0].name, "data.pictures.label.names");
  ASSERT_EQ(rename((set.folder / "set/ant").c_str(), (set.folder / "set/.gone").c_str()), 0);
  Result<Table> zebras = set.read();
  ASSERT_TRUE(zebras) << messageOf(zebras);
  EXPECT_TRUE(steps->check(zebras->columns[1], Indices::all(2)));
  EXPECT_EQ(LabelOf(zebras->columns[1], *steps)(zebras->columns[1].at(0)), 1);
  mkdir((set.folder / "set/yak").c_str(), 0700);
  set.add("set/yak/1.png", 50);
  Result<Table> more = set.read();
  Status checked = steps->check(more->columns[1], Indices::all(3));
  EXPECT_EQ(codeOf(checked), exitData);
  EXPECT_CONTAINS(messageOf(checked), "record 1: `yak` is no class of field `label`, whose names in training "
                                      "were `ant`, `zebra`");
}

TEST(ImageSet, AClassForUnknownNamesIsTheLast) {
  Set set({picture(imageShape), namedLabel(3, openNames)});
  Result<Table> table = set.read();
  Result<Preprocess> steps = Preprocess::of(nn_data{"pictures"}, set.fields[1]);
  ASSERT_TRUE(steps->fit(*table, 1, Indices::all(4)));
  mkdir((set.folder / "set/yak").c_str(), 0700);
  set.add("set/yak/1.png", 50);
  Result<Table> more = set.read();
  EXPECT_TRUE(steps->check(more->columns[1], Indices::all(5)));
  LabelOf labelOf(more->columns[1], *steps);
  EXPECT_EQ(labelOf(more->columns[1].at(2)), 2); // yak
  EXPECT_EQ(labelOf(more->columns[1].at(3)), 1); // zebra
}

TEST(ImageSet, NamesAndNumbersAreNotMixed) {
  Set set({picture(imageShape), namedLabel(2)});
  Result<Table> table = set.read();
  Result<Preprocess> steps = Preprocess::of(nn_data{"pictures"}, set.fields[1]);
  ASSERT_TRUE(steps->fit(*table, 1, Indices::all(4)));
  Column numbers{"labels.csv", {}, 1, Doubles{0, 1}};
  EXPECT_CONTAINS(messageOf(steps->check(numbers, Indices::all(2))),
                  "has numbers for field `label`, whose classes had names in training");
  Result<Preprocess> plain = Preprocess::of(nn_data{"pictures"}, label(2));
  EXPECT_CONTAINS(messageOf(plain->check(table->columns[1], Indices::all(4))),
                  "has names for field `label`, whose classes were numbers in training");
}

TEST(ImageSet, LabelsOfATable) {
  Set set({picture(imageShape), label(10)});
  set.arguments.push_back({"labels", "labels.csv", 0});
  writeBytes(set.folder / "labels.csv",
             "file,other,label\nzebra/1.png,x,7\nzebra/2.png,x,8\nant/1.png,x,0\nant/2.png,x,9\n");
  Result<Table> table = set.read();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[1]), (Values{0, 9, 7, 8}));
  set.fields[1] = label(4, NN_CELL_CATEGORY);
  EXPECT_EQ(namesOf(set.read()->columns[1]), (Names{"0", "9", "7", "8"}));
}

TEST(ImageSet, MistakesInATableOfLabels) {
  Set set({picture(imageShape), label(10)});
  set.arguments.push_back({"labels", "labels.csv", 0});
  auto messageWith = [&](const ByteString &table) {
    writeBytes(set.folder / "labels.csv", table);
    return messageOf(set.read());
  };
  EXPECT_CONTAINS(messageWith("file,lable\nant/1.png,1\n"), "has no column `label`");
  EXPECT_CONTAINS(messageWith("label,file\n1,ant/1.png\n"), "`label` is the first");
  EXPECT_CONTAINS(messageWith("file,label\nant/1.png,1\n"), "has no row for `");
  EXPECT_CONTAINS(messageWith("file,label\n1.png,a\n2.png,1\n"),
                  "labels.csv`: line 2: `a` for field `label` is not a number; `category(k)` takes texts");
  EXPECT_CONTAINS(messageWith("file,label\n1.png,1\n2.png,10\n"),
                  "labels.csv`: line 3: label `10` for field `label` is not in class(10)");
  EXPECT_CONTAINS(messageWith("file,label\n1.png,\n2.png,1\n"),
                  "line 2: the cell for field `label` is missing");
  EXPECT_CONTAINS(messageWith("file,label\n1.png,1\n1.png,2\n"), "line 3: a second row for `1.png`");
}

// Both pictures are bad records, the second told first.
TEST(ImageSet, ARowForTwoPicturesIsAMistake) {
  Set set({picture(imageShape), label(10)});
  set.arguments.push_back({"labels", "labels.csv", 0});
  writeBytes(set.folder / "labels.csv", "file,label\nzebra/2.png,8\n1.png,1\nant/2.png,9\n");
  EXPECT_CONTAINS(
      messageOf(set.read()),
      "labels.csv`: line 3 stands for `zebra/1.png` and `ant/1.png`: a row for each, with its path");
  set.bad.allowed = 2;
  Result<Table> table = set.read();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[0]), (Values{40, 20}));
  EXPECT_EQ(valuesOf(table->columns[1]), (Values{9, 8}));
  EXPECT_EQ(set.bad.skipped, 2);
  set.bad = {};
  set.arguments.push_back({"folder", "ant", 0});
  table = set.read();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[1]), (Values{1, 9}));
}

// A bad row counts once, and its picture goes with it.
TEST(ImageSet, BadRowsOfATableAreSkipped) {
  Set set({picture(imageShape), label(10)});
  set.arguments.push_back({"labels", "labels.csv", 0});
  writeBytes(set.folder / "labels.csv",
             "file,label\nzebra/1.png,x\nzebra/2.png,8\nant/1.png,77\nant/2.png,9\n");
  set.bad.allowed = 2;
  Result<Table> table = set.read();
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(valuesOf(table->columns[1]), (Values{9, 8}));
  EXPECT_EQ(valuesOf(table->columns[0]), (Values{40, 20}));
  EXPECT_EQ(set.bad.skipped, 2);
}

// Those of other folders are none of the set, but their rows have a picture.
TEST(ImageSet, RowsWithoutAPictureAreTold) {
  Set set({picture(imageShape), label(10)});
  set.arguments.push_back({"labels", "labels.csv", 0});
  set.arguments.push_back({"folder", "zebra", 0});
  std::string all = "file,label\nzebra/1.png,7\nzebra/2.png,8\nant/1.png,0\nant/2.png,9\n";
  auto toldWith = [&](const std::string &table) {
    writeBytes(set.folder / "labels.csv", table);
    testing::internal::CaptureStderr();
    EXPECT_TRUE(set.read());
    return testing::internal::GetCapturedStderr();
  };
  EXPECT_EQ(toldWith(all), "");
  EXPECT_CONTAINS(toldWith(all + "ant/3.png,1\nant/4.png,1\n"),
                  "labels.csv`: 2 of 6 rows name no picture of `");
  EXPECT_CONTAINS(toldWith(all + "ant/3.png,1\n"), "the first is line 6, `ant/3.png`");
}

TEST(ImageSet, OneFileOrAFolderToPredictFor) {
  Set set({picture(imageShape), label(2)});
  Result<Column> one = readPictures(set.folder / "set/zebra/2.png", set.fields[0], set.bad);
  ASSERT_TRUE(one) << messageOf(one);
  EXPECT_EQ(valuesOf(*one), (Values{20}));
  EXPECT_EQ(valuesOf(*readPictures(set.folder / "set", set.fields[0], set.bad)), (Values{30, 40, 10, 20}));
  EXPECT_EQ(codeOf(readPictures(set.folder / "none.png", set.fields[0], set.bad)), exitData);
}
