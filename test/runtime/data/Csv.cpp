// What a table's text may look like, and each way in which it can be broken.
#include "runtime/data/Csv.h"
#include "test/runtime/Support.h"

#include <sys/resource.h>

using namespace nnrt;
using namespace nntest;

namespace {

using Records = std::vector<std::vector<std::string>>;

Result<CsvReader> readerOf(const ByteString &text, const CsvFormat &format) {
  NNRT_ASSIGN(ByteReader bytes, ByteReader::over("f.csv", text));
  return CsvReader::over(std::move(bytes), format);
}

// All records up to the first error, then that error.
Result<Records> read(const ByteString &text, const CsvFormat &format = {0, false, 0, ""}) {
  NNRT_ASSIGN(CsvReader reader, readerOf(text, format));
  Records records;
  while (true) {
    NNRT_ASSIGN(bool any, reader.next());
    if (!any)
      return records;
    records.emplace_back(reader.cells().begin(), reader.cells().end());
  }
}

void expectRecords(const ByteString &text, const Records &expected,
                   const CsvFormat &format = {0, false, 0, ""}) {
  for (const ByteString &form : {text, gzipped(text)}) {
    auto records = read(form, format);
    ASSERT_TRUE(records) << messageOf(records);
    EXPECT_EQ(*records, expected) << text;
  }
}

} // namespace

TEST(Csv, ReadsPlainCells) {
  expectRecords("1,2\n3,4\n", {{"1", "2"}, {"3", "4"}});
  expectRecords("1,2\n3,4", {{"1", "2"}, {"3", "4"}});
  expectRecords("1,,\n", {{"1", "", ""}});
  expectRecords(" 1 ,\ta b \n", {{"1", "a b"}}, {',', false, 0, ""});
}

TEST(Csv, AnyLineEndEndsARecord) {
  expectRecords("1,2\r\n3,4\r\n", {{"1", "2"}, {"3", "4"}});
  expectRecords("1,2\r3,4\r", {{"1", "2"}, {"3", "4"}});
  expectRecords("1,2\n\n\r\n3,4\n\n", {{"1", "2"}, {"3", "4"}});
}

TEST(Csv, QuotedCellsHoldAnything) {
  expectRecords("\"a,b\",\" x \"\n\"two\nlines\",\"say \"\"hi\"\"\"\n\"\",\"\"\"\"\n",
                {{"a,b", " x "}, {"two\nlines", "say \"hi\""}, {"", "\""}});
  expectRecords("a\"b,1\n", {{"a\"b", "1"}});
  expectRecords("\"a\" , \"b\"\n", {{"a", "b"}});
}

TEST(Csv, ByteOrderMarkIsNoText) {
  expectRecords("\xef\xbb\xbf"
                "1,2\n",
                {{"1", "2"}});
}

TEST(Csv, SkipsLinesAndComments) {
  CsvFormat format{',', false, 2, "#"};
  expectRecords("about, this\n\"file\n# no\n1,2\n#3,4\n5,#6\n", {{"1", "2"}, {"5", "#6"}}, format);
  expectRecords("only\n", {}, format);
}

TEST(Csv, HeaderNamesTheColumns) {
  auto reader = readerOf("\"a b\", c\n1,2\n", {});
  ASSERT_TRUE(reader) << messageOf(reader);
  EXPECT_EQ(reader->header(), (std::vector<std::string>{"a b", "c"}));
  EXPECT_TRUE(*reader->next());
  EXPECT_EQ(reader->cells()[0], "1");
  EXPECT_EQ(reader->line(), 2);
  EXPECT_FALSE(*reader->next());
  EXPECT_CONTAINS(messageOf(readerOf("", {})), "`f.csv` is empty");
}

TEST(Csv, FindsTheSeparator) {
  EXPECT_EQ(detectSeparator("a,b,c\n1,2,3\n", ""), ',');
  EXPECT_EQ(detectSeparator("a\tb,c\n1\t2\n", ""), '\t');
  EXPECT_EQ(detectSeparator("a;b\n1,5;2,5\n", ""), ';');
  EXPECT_EQ(detectSeparator("a|b\nx y|2\n", ""), '|');
  EXPECT_EQ(detectSeparator("59 2  32.1\n 48 1 21.6 \n", ""), ' ');
  EXPECT_EQ(detectSeparator("a few words\nand some more words\n", ""), ',');
  EXPECT_EQ(detectSeparator("\"a;b;c\",1\n\"d\",2\n", ""), ',');
  EXPECT_EQ(detectSeparator("# ; ; ;\n1,2\n", "#"), ',');
  EXPECT_EQ(detectSeparator("1.5\n2.5\n", ""), ',');
  EXPECT_EQ(detectSeparator("", ""), ',');
}

TEST(Csv, BlanksInARowAreOneSeparator) {
  expectRecords("59 2  32.1\n 48   1 21.6 \n", {{"59", "2", "32.1"}, {"48", "1", "21.6"}});
}

TEST(Csv, LinesAreCountedThroughQuotesAndComments) {
  auto reader = readerOf("# one\n\"a\nb\",1\n\n2,3\n", {',', false, 0, "#"});
  EXPECT_TRUE(*reader->next());
  EXPECT_EQ(reader->line(), 2);
  EXPECT_TRUE(*reader->next());
  EXPECT_EQ(reader->line(), 5);
}

TEST(Csv, MistakesNameTheirLineAndTheNextRecordCanBeRead) {
  auto reader = readerOf("1,2\n\"x\"y,3\n\xff,4\n5,6\n", {',', false, 0, ""});
  EXPECT_TRUE(*reader->next());
  EXPECT_EQ(messageOf(reader->next()), "`f.csv`: line 2: text follows the closing `\"` of a cell");
  EXPECT_EQ(messageOf(reader->next()),
            "`f.csv`: line 3: byte 1 of the record does not belong to a character: the "
            "file must be UTF-8 text");
  EXPECT_FALSE(reader->isBroken());
  EXPECT_TRUE(*reader->next());
  EXPECT_EQ(reader->cells()[0], "5");
  EXPECT_FALSE(*reader->next());
}

TEST(Csv, OpenQuoteIsRefused) {
  EXPECT_CONTAINS(messageOf(read("1,2\n\"x,3\n4,5\n")), "line 2: the file ends inside a quoted cell");
}

TEST(Csv, RecordsLongerThanTheBufferAreRead) {
  ByteString cell(size_t(900) << 10, 'x'), text;
  for (int i = 0; i < 5; ++i)
    text += "\"" + cell + "\"," + cell + "\n";
  auto records = read(text);
  ASSERT_TRUE(records) << messageOf(records);
  ASSERT_EQ(records->size(), 5u);
  for (const auto &record : *records)
    EXPECT_EQ(record, (std::vector<std::string>{cell, cell}));
}

TEST(Csv, CellsAndRecordsAreBounded) {
  ByteString huge(maxCsvField + 1, 'x');
  EXPECT_CONTAINS(messageOf(read("1\n" + huge + "\n")), "line 2: a cell is longer than 1 MiB");
  EXPECT_CONTAINS(messageOf(read("1\n\"" + huge + "\"\n")), "line 2: a cell is longer than 1 MiB");
  EXPECT_CONTAINS(messageOf(read(ByteString(maxCsvCells + 1, ','))),
                  "the record has more than 1048576 cells");
  ByteString wide;
  for (int i = 0; i < 17; ++i)
    wide += ByteString(size_t(1000) << 10, 'x') + ",";
  EXPECT_CONTAINS(messageOf(read(wide)), "the record is longer than 16 MiB");
  ByteString packed = gzipped(ByteString(size_t(64) << 20, 'x'));
  rusage before, after;
  getrusage(RUSAGE_SELF, &before);
  EXPECT_CONTAINS(messageOf(read(packed)), "line 1: a cell is longer");
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 48 << 10);
}

TEST(Csv, TruncatedGzipIsRefused) {
  ByteString packed = gzipped("1,2\n3,4\n");
  EXPECT_CONTAINS(messageOf(read(packed.substr(0, packed.size() - 9))), "truncated");
}
