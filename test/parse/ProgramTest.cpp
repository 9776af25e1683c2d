// The programs the language was designed around parse, and survive being printed and parsed again.
#include "test/parse/Support.h"

namespace nn::test {

class Programs : public testing::TestWithParam<const char *> {
protected:
  std::string load() {
    std::string error, path = std::string(NN_TEST_DIR "/parse/programs/") + GetParam();
    SourceManager sources;
    auto file = sources.addFile(path, error);
    EXPECT_TRUE(file) << error;
    return file ? std::string(sources.text(*file)) : "";
  }
};

TEST_P(Programs, ParseAndPrintRoundTrip) {
  Parsed first(load());
  ASSERT_TRUE(first.file) << first.console();
  std::string printed = sourceOf(*first.file);
  Parsed second(printed);
  ASSERT_TRUE(second.file) << second.console() << printed;
  EXPECT_EQ(treeOf(*second.file), treeOf(*first.file)) << printed;
  EXPECT_EQ(sourceOf(*second.file), printed);
}

INSTANTIATE_TEST_SUITE_P(Language, Programs, testing::Values("digits.nn", "library.nn", "training.nn"));

} // namespace nn::test
