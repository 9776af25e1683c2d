// A text becomes windows and what follows them, strict UTF-8, and classes by the vocabulary of its training
// part.
#include "runtime/data/Characters.h"
#include "runtime/data/TextPieces.h"
#include "runtime/data/Preprocess.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

namespace {

const int64_t windowShape[] = {-1, 3};
const nn_value name[] = {{"", "t.txt", 0}};
const nn_value noUnknown[] = {{"unknown", nullptr, 0}}, withUnknown[] = {{"unknown", nullptr, 1}};
const nn_call strictStep[] = {{"vocabulary", 1, noUnknown}}, openStep[] = {{"vocabulary", 1, withUnknown}};

// A text in a file, and the data set that reads it in windows of 3.
struct TextData {
  TemporaryFolder folder;
  std::vector<nn_field> fields;
  nn_data data;

  TextData(const ByteString &text, int64_t classes, const nn_call *step = strictStep) {
    writeBytes(folder / "t.txt", text);
    for (const char *field : {"input", "next"})
      fields.push_back({field, classes, 1, step, {field, NN_I32, 2, windowShape, 0, 0}});
    data = {"book", {"text", 1, name}, {}, {}, 0.25, 0.25, 2, fields.data(), {}};
  }
  ReadContext context() { return {1, DataRoots::of(folder.path(), nn_program_descriptor)}; }
  Result<TrainingData> training() {
    ReadContext where = context();
    return loadTrainingData(data, where);
  }
  Result<Split> test() {
    ReadContext where = context();
    return loadSplit(data, SplitName::test, where);
  }
};

std::string windowOf(const Column &column, int64_t record) {
  std::string text;
  for (int64_t i = record * column.width; i < (record + 1) * column.width; ++i)
    text += char(column.at(i));
  return text;
}

} // namespace

TEST(Characters, WindowsAndTheirSuccessors) {
  TextData text("abcdefghij", 10);
  ReadContext context = text.context();
  auto table = loadSource(text.data, text.data.train, SplitName::train, context);
  ASSERT_TRUE(table) << messageOf(table);
  ASSERT_EQ(table->records, 3); // 9 characters have a successor
  EXPECT_EQ(windowOf(table->columns[0], 2), "ghi");
  EXPECT_EQ(windowOf(table->columns[1], 2), "hij");
}

TEST(Characters, AByteOrderMarkIsNoneOfTheText) {
  TextData text("\xef\xbb\xbf"
                "abcdefghij",
                10);
  ReadContext context = text.context();
  auto table = loadSource(text.data, text.data.train, SplitName::train, context);
  ASSERT_TRUE(table) << messageOf(table);
  EXPECT_EQ(windowOf(table->columns[0], 0), "abc");
  EXPECT_EQ(windowOf(table->columns[1], 2), "hij");
}

TEST(Characters, PartsAreInFileOrder) {
  TextData text("aababbabaabbabaabbababbab", 2); // 8 windows
  auto parts = text.training();
  ASSERT_TRUE(parts) << messageOf(parts);
  EXPECT_EQ(parts->train.records, (Indices{0, 1, 2, 3}));
  EXPECT_EQ(parts->validation->records, (Indices{4, 5}));
  EXPECT_EQ(text.test()->records, (Indices{6, 7}));
}

TEST(Characters, TheVocabularyIsThatOfTheTrainingPart) {
  TextData text("cabcabcabcabcabcabcabcabz", 3);
  auto parts = text.training();
  auto preprocessing = preprocessingOf({&text.data});
  ASSERT_TRUE(preprocessing) << messageOf(preprocessing);
  ASSERT_TRUE(fitPreprocessing(preprocessing->data(), parts->train));
  for (Preprocess &one : *preprocessing)
    EXPECT_EQ(*one.fitted()[0].values, (std::vector<double>{'a', 'b', 'c'}));
  EXPECT_EQ((*preprocessing)[1].fitted()[0].name, "data.book.next.vocabulary");
  EXPECT_EQ((*preprocessing)[0].apply('b', 0), 1);
  Status checked = checkPreprocessing(preprocessing->data(), *text.test());
  EXPECT_EQ(codeOf(checked), exitData);
  EXPECT_CONTAINS(messageOf(checked), "the character `z` (U+007A) is not in the training part");
  EXPECT_TRUE(checkPreprocessing(preprocessing->data(), *parts->validation));
}

TEST(Characters, OtherCharactersHaveTheLastClassIfAsked) {
  TextData text("cabcabcabcabcabcabcabcabz", 4, openStep);
  auto preprocessing = preprocessingOf({&text.data});
  ASSERT_TRUE(fitPreprocessing(preprocessing->data(), text.training()->train));
  EXPECT_TRUE(checkPreprocessing(preprocessing->data(), *text.test()));
  EXPECT_EQ((*preprocessing)[0].apply('z', 0), 3);
  EXPECT_EQ((*preprocessing)[0].apply('A', 0), 3);
}

TEST(Characters, AWrongNumberOfClassesTellsTheRightOne) {
  TextData text("cabcabcabcabcabcabcabcabz", 65);
  auto preprocessing = preprocessingOf({&text.data});
  Status fitted = fitPreprocessing(preprocessing->data(), text.training()->train);
  EXPECT_EQ(codeOf(fitted), exitData);
  EXPECT_CONTAINS(messageOf(fitted),
                  "has 3 different characters in its training part, field `input` expects 65");
}

TEST(Characters, ShortTextsAreRefused) {
  auto table = readWindows(TextData("abc", 3).folder / "t.txt", 3, 2);
  EXPECT_EQ(codeOf(table), exitData);
  TextData text("abc", 3);
  EXPECT_CONTAINS(messageOf(readWindows(text.folder / "t.txt", 3, 2)),
                  "has 3 characters, one window needs 4");
  EXPECT_TRUE(readWindows(text.folder / "t.txt", 3, 1));
}

TEST(Characters, Utf8IsStrict) {
  EXPECT_EQ(decodeUtf8("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80").values,
            (std::vector<uint32_t>{'a', 0xe9, 0x20ac, 0x1f600}));
  EXPECT_EQ(decodeUtf8("ab\xc0\xaf").badByte, 2);       // overlong
  EXPECT_EQ(decodeUtf8("\xed\xa0\x80").badByte, 0);     // a surrogate
  EXPECT_EQ(decodeUtf8("\xf4\x90\x80\x80").badByte, 0); // above U+10FFFF
  EXPECT_EQ(decodeUtf8("a\xe2\x82").badByte, 1);        // cut short
  EXPECT_EQ(characterText(0x20ac), "`\xe2\x82\xac` (U+20AC)");
  EXPECT_EQ(characterText('\n'), "U+000A");
}

// Pieces of a long text end between characters or words, wherever these stand.
TEST(TextPieces, NothingIsCut) {
  TemporaryFolder folder;
  for (const char *word : {"a", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 ", "wort \n", "x\xf0\x9f\x98\x80"}) {
    std::string text;
    while (text.size() < 300000)
      text += word;
    writeBytes(folder / "t.txt", text);
    for (TextPieces::Cut cut : {TextPieces::Cut::character, TextPieces::Cut::word}) {
      auto pieces = TextPieces::open(folder / "t.txt", cut);
      for (int time = 0; time < 2; ++time) {
        ASSERT_TRUE(pieces->rewind());
        std::string all;
        size_t count = 0;
        for (auto piece = *pieces->next(); !piece.empty(); piece = *pieces->next(), ++count) {
          EXPECT_TRUE(cut == TextPieces::Cut::character || isspace(piece.back()) ||
                      all.size() + piece.size() == text.size());
          all += piece;
        }
        EXPECT_EQ(all, text);
        EXPECT_TRUE(count > 1 || cut == TextPieces::Cut::word);
      }
    }
  }
}

TEST(TextPieces, ABadByteIsNamedByItsPlaceInTheFile) {
  TemporaryFolder folder;
  writeBytes(folder / "t.txt", std::string(200001, 'a') + "\xff" + std::string(10, 'b'));
  EXPECT_CONTAINS(messageOf(readWindows(folder / "t.txt", 5, 2)), "t.txt`: byte 200001 does not belong to");
}
