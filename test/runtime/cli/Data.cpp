// `data`: on the points and the images of the fake programs, as text, JSON and a page.
#include "runtime/base/TableText.h"
#include "test/runtime/cli/Executables.h"

#include <filesystem>
#include <nlohmann/json.hpp>

using namespace nntest;

namespace {

size_t longestLine(const std::string &text) {
  size_t longest = 0, begin = 0;
  for (size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
    longest = std::max(longest, nnrt::lengthOf(text.substr(begin, end - begin)));
  return longest;
}

} // namespace

TEST(Data, PointsAreDescribedElementByElement) {
  TemporaryFolder folder;
  Outcome text = points(folder, {"data"}), json = points(folder, {"data", "digits", "--json"});
  EXPECT_EQ(text.exit, 0) << text.err;
  EXPECT_CONTAINS(text.out, "data set digits\n");
  EXPECT_CONTAINS(text.out, "train       xor(203, noise: 0.1)\n");
  EXPECT_CONTAINS(text.out, "records     253: train 183, validation 20, test 50\n");
  EXPECT_CONTAINS(text.out, "first records");
  EXPECT_LE(longestLine(text.out), 100u);
  auto object = nlohmann::json::parse(json.out)["data"][0];
  EXPECT_EQ(object["parts"], (nlohmann::json{{"train", 183}, {"validation", 20}, {"test", 50}}));
  EXPECT_EQ(object["fields"][1]["name"], "image[1]");
  EXPECT_EQ(object["fields"][1]["cells"], 253);
  EXPECT_EQ(object["fields"][2]["type"], "class(2)");
  int64_t labels = 0;
  for (const auto &one : object["fields"][2]["classes"])
    for (const auto &count : one["counts"])
      labels += count.get<int64_t>();
  EXPECT_EQ(labels, 253);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

// Image i is that of i + 60, so 333 records are 60 different ones, all of them in the training part.
TEST(Data, ImagesAreSummedUpAndShown) {
  TemporaryFolder folder;
  IdxData files(folder.path());
  Outcome outcome = idx(folder, {"data", "--data", ".", "--html", "report.html", "--json"});
  ASSERT_EQ(outcome.exit, 0) << outcome.err;
  auto object = nlohmann::json::parse(outcome.out)["data"][0];
  EXPECT_EQ(object["records"], 333);
  EXPECT_EQ(object["duplicates"], 273);
  EXPECT_EQ(object["leaked"], 30 + 33);
  auto image = object["fields"][0];
  EXPECT_EQ(image["type"], "image [28, 28, 1]");
  EXPECT_EQ(image["cells"], 333 * 784);
  EXPECT_EQ(image["max"], 227);
  EXPECT_FALSE(image.contains("outliers"));
  std::string page = readBytes(folder / "report.html");
  EXPECT_CONTAINS(page, "<!doctype html>");
  EXPECT_CONTAINS(page, "src=\"data:image/png;base64,iVBORw0KGgo");
  EXPECT_CONTAINS(page, "<svg");
  EXPECT_EQ(page.find("http"), std::string::npos);
}

TEST(Data, APartAlone) {
  TemporaryFolder folder;
  Outcome outcome = points(folder, {"data", "--split", "test"});
  EXPECT_EQ(outcome.exit, 0);
  EXPECT_CONTAINS(outcome.out, "records     50: test 50\n");
}

TEST(Data, MistakesAreTold) {
  TemporaryFolder folder;
  Outcome name = points(folder, {"data", "digit"}), flag = points(folder, {"data", "--epochs", "3"});
  EXPECT_EQ(name.exit, 2);
  EXPECT_CONTAINS(name.err, "unknown data set `digit`: did you mean `digits`?");
  EXPECT_EQ(flag.exit, 2);
  Outcome absent = idx(folder, {"data"}), page = points(folder, {"data", "--html", "nowhere/page.html"});
  EXPECT_EQ(absent.exit, 3);
  EXPECT_CONTAINS(absent.err, "train-images.gz");
  EXPECT_EQ(page.exit, 5);
}

TEST(Data, TheSeedIsThatOfTheSource) {
  TemporaryFolder folder;
  EXPECT_EQ(points(folder, {"data"}).out, points(folder, {"data", "--seed", "0"}).out);
  EXPECT_NE(points(folder, {"data"}).out, points(folder, {"data", "--seed", "1"}).out);
}
