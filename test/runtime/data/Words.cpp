// A text becomes words, these windows and what follows them, and classes by the vocabulary of its training
// part.
#include "runtime/data/Words.h"
#include "runtime/data/Batch.h"
#include "runtime/data/StoredTexts.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;
using Words = std::vector<std::string_view>;

namespace {

Words wordsOf(std::string_view text) {
  Words words;
  size_t at = 0;
  for (std::string_view word = nextWord(text, at); !word.empty(); word = nextWord(text, at))
    words.push_back(word);
  return words;
}

const int64_t windowShape[] = {-1, 2};
const nn_value call[] = {{"", "t.txt", 0}, {"by", "words", 0}};
const nn_value strict[] = {{"unknown", nullptr, 0}, {"by", "words", 0}};
const nn_value open[] = {{"unknown", nullptr, 1}, {"by", "words", 0}};
const nn_call strictStep[] = {{"vocabulary", 2, strict}}, openStep[] = {{"vocabulary", 2, open}};

// A text by words in windows of 2, of which the last quarter is the test.
struct WordData {
  TemporaryFolder folder;
  std::vector<nn_field> fields;
  nn_data data;
  Preprocessing steps;
  std::optional<TrainingData> parts;

  WordData(const ByteString &text, int64_t classes, const nn_call *step = strictStep) {
    writeBytes(folder / "t.txt", text);
    for (const char *field : {"input", "next"})
      fields.push_back({field, classes, 1, step, {field, NN_I32, 2, windowShape, 0, 64}});
    data = {"book", {"text", 2, call}, {}, {}, 0, 0.25, 2, fields.data(), {}};
  }
  Result<Split> read(SplitName name) {
    ReadContext context{1, DataRoots::of(folder.path(), nn_program_descriptor)};
    return loadSplit(data, name, context);
  }
  Status fit() {
    ReadContext context{1, DataRoots::of(folder.path(), nn_program_descriptor)};
    NNRT_ASSIGN(steps, preprocessingOf({&data}));
    NNRT_ASSIGN(parts, loadTrainingData(data, context));
    return fitPreprocessing(steps.data(), parts->train);
  }
  // The classes of a record's words.
  std::vector<int32_t> classesOf(const Split &split, size_t field, int64_t record) {
    std::vector<int32_t> values(2);
    BatchRow row{record, 0};
    FieldFiller(fields[field], split.table->columns[field], steps[field])
        .fill(reinterpret_cast<uint8_t *>(values.data()), {&row, 1, 0, 1});
    return values;
  }
};

} // namespace

TEST(Words, LettersRunTogetherAndMarksStandAlone) {
  EXPECT_EQ(wordsOf("First Citizen:\nBefore we proceed, hear 2 me."),
            (Words{"First", "Citizen", ":", "Before", "we", "proceed", ",", "hear", "2", "me", "."}));
  EXPECT_EQ(wordsOf("\t \r\n"), Words{});
  EXPECT_EQ(wordsOf(""), Words{});
}

TEST(Words, AByteOrderMarkIsNoneOfTheText) {
  WordData data("\xef\xbb\xbf"
                "a b a b a b a b a",
                2);
  Status fitted = data.fit();
  ASSERT_TRUE(fitted) << messageOf(fitted);
}

TEST(Words, ApostrophesAndHyphensJoinLetters) {
  EXPECT_EQ(wordsOf("don't well-nigh"), (Words{"don't", "well-nigh"}));
  EXPECT_EQ(wordsOf("'tis sons' yes--no -"), (Words{"'", "tis", "sons", "'", "yes", "-", "-", "no", "-"}));
}

TEST(Words, CharactersBeyondAsciiAreLetters) { EXPECT_EQ(wordsOf("café über"), (Words{"café", "über"})); }

// Eight windows of 17 words, of which six are trained on: `é` follows the last of them, `nay` is behind it.
const char rhythm[] = "be or not to be or not to be or not to é nay nay be or";

TEST(Words, ClassesAreTheWordsOfTheTrainingPartInTheirOrder) {
  WordData words(rhythm, 5);
  Status fitted = words.fit();
  ASSERT_TRUE(fitted) << messageOf(fitted);
  std::vector<FittedVector> vectors = words.steps[1].fitted();
  ASSERT_EQ(vectors.size(), 1u);
  EXPECT_EQ(vectors[0].name, "data.book.next.vocabulary");
  EXPECT_TRUE(vectors[0].hasAnyLength);
  EXPECT_EQ(fromStored(*vectors[0].values), (std::vector<std::string>{"be", "not", "or", "to", "é"}));
  const Split &train = words.parts->train;
  EXPECT_EQ(train.size(), 6);
  EXPECT_EQ(words.classesOf(train, 0, 0), (std::vector<int32_t>{0, 2})); // be or
  EXPECT_EQ(words.classesOf(train, 1, 0), (std::vector<int32_t>{2, 1})); // or not
  EXPECT_EQ(words.classesOf(train, 1, 5), (std::vector<int32_t>{3, 4})); // to é
}

TEST(Words, OnesThatTheTrainingPartLacksAreNamed) {
  WordData words(rhythm, 5);
  ASSERT_TRUE(words.fit());
  Status checked = checkPreprocessing(words.steps.data(), *words.read(SplitName::test));
  EXPECT_EQ(codeOf(checked), exitData);
  EXPECT_CONTAINS(messageOf(checked),
                  "word 14, `nay`, is not in the training part; `text(…, by: words, unknown");
}

TEST(Words, TheMostFrequentOnesAreKeptIfAsked) {
  WordData words(rhythm, 4, openStep);
  Status fitted = words.fit();
  ASSERT_TRUE(fitted) << messageOf(fitted);
  // Input and successors have `be` five times, `not`, `or` and `to` six, `é` once.
  EXPECT_EQ(fromStored(*words.steps[0].fitted()[0].values), (std::vector<std::string>{"not", "or", "to"}));
  EXPECT_EQ(words.classesOf(words.parts->train, 0, 0), (std::vector<int32_t>{3, 1})); // be or
  auto test = words.read(SplitName::test);
  EXPECT_TRUE(checkPreprocessing(words.steps.data(), *test));
  EXPECT_EQ(words.classesOf(*test, 0, 7), (std::vector<int32_t>{3, 3})); // nay be
}

TEST(Words, OfEquallyFrequentOnesTheFirstAreKept) {
  WordData words(rhythm, 3, openStep);
  ASSERT_TRUE(words.fit());
  EXPECT_EQ(fromStored(*words.steps[0].fitted()[0].values), (std::vector<std::string>{"not", "or"}));
}

TEST(Words, AWrongNumberOfClassesTellsTheRightOne) {
  WordData few(rhythm, 4), many(rhythm, 9), unknown(rhythm, 7, openStep);
  EXPECT_CONTAINS(messageOf(few.fit()),
                  "has 5 different words in its training part, field `input` expects 4; "
                  "`text(…, by: words, unknown: true)` keeps the most frequent");
  EXPECT_CONTAINS(messageOf(many.fit()),
                  "has 5 different words in its training part, field `input` expects 9");
  EXPECT_CONTAINS(messageOf(unknown.fit()), "expects 6 and a class for all others");
}

TEST(Words, ShortAndBadTextsAreRefused) {
  WordData shortOne("to be", 2);
  EXPECT_CONTAINS(messageOf(shortOne.fit()), "has 2 words, one window needs 3");
  WordData bad("to be \xc0\xaf or", 2);
  EXPECT_CONTAINS(messageOf(bad.fit()), "byte 6 does not belong to a character");
  WordData empty(" \n", 2);
  EXPECT_CONTAINS(messageOf(empty.fit()), "has 0 words");
}

// What a weights file that was tampered with holds more has no class.
TEST(Words, StoredTextsBeyondTheClassesHaveNone) {
  WordData words(rhythm, 5);
  ASSERT_TRUE(words.fit());
  *words.steps[0].fitted()[0].values = toStored({"a", "b", "c", "d", "e", "be", "or"});
  EXPECT_CONTAINS(messageOf(checkPreprocessing(words.steps.data(), words.parts->train)),
                  "is not in the training part");
}
