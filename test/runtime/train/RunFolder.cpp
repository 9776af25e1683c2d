// Runs are numbered without a gap of time between them; the newest is the highest number that has weights.
#include "runtime/train/RunFolder.h"
#include "runtime/train/Config.h"
#include "test/runtime/Support.h"

#include <filesystem>
#include <set>

using namespace nnrt;
using namespace nntest;

namespace {

std::string makeRun(const std::string &directory, const char *train, const char *program,
                    bool weights = true) {
  std::string run = *createRunFolder(directory, train);
  RunConfig config;
  config.program = program;
  config.train = train;
  EXPECT_TRUE(writeConfig(configIn(run), config, nn_program_descriptor));
  if (weights)
    writeBytes(bestWeightsIn(run), "x");
  return run;
}

} // namespace

TEST(RunFolder, NumbersGoOnAcrossTrainings) {
  TemporaryFolder folder;
  std::string runs = folder / "a/b";
  EXPECT_EQ(*createRunFolder(runs, "classify"), runs + "/classify-0001");
  EXPECT_EQ(*createRunFolder(runs, "adapt"), runs + "/adapt-0002");
  std::filesystem::create_directory(runs + "/classify-9999");
  EXPECT_EQ(*createRunFolder(runs, "classify"), runs + "/classify-10000");
}

TEST(RunFolder, NewestHasTheHighestNumberAndWeightsOfThisProgram) {
  TemporaryFolder folder;
  EXPECT_EQ(codeOf(newestRunFolder(folder.path(), "fake")), exitData);
  std::string newest;
  for (int i = 0; i < 12; ++i)
    newest = makeRun(folder.path(), i % 2 ? "a" : "b", "fake");
  makeRun(folder.path(), "c", "other");
  makeRun(folder.path(), "d", "fake", /*weights=*/false);
  writeBytes(folder / "e-0099", "a file");
  std::filesystem::create_directory(folder / "notes");
  EXPECT_EQ(*newestRunFolder(folder.path(), "fake"), newest);
}

TEST(RunFolder, NewestOfATraining) {
  TemporaryFolder folder;
  makeRun(folder.path(), "a", "fake");
  std::string a = makeRun(folder.path(), "a", "fake");
  makeRun(folder.path(), "a", "other");
  std::string b = makeRun(folder.path(), "b", "fake");
  EXPECT_EQ(*newestRunFolder(folder.path(), "fake", "a"), a);
  EXPECT_EQ(*newestRunFolder(folder.path(), "fake"), b);
  EXPECT_CONTAINS(messageOf(newestRunFolder(folder.path(), "fake", "c")), "no run of training `c` of `fake`");
}

TEST(RunFolder, AnUnreadableConfigurationIsNotPassedOver) {
  TemporaryFolder folder;
  makeRun(folder.path(), "a", "fake");
  writeBytes(makeRun(folder.path(), "a", "fake") + "/config.json", "{");
  auto run = newestRunFolder(folder.path(), "fake");
  ASSERT_EQ(codeOf(run), exitData);
  EXPECT_NE(run.error().message.find("config.json"), std::string::npos) << run.error().message;
}

TEST(RunFolder, DirectoryThatCannotBeMadeIsAWriteError) {
  TemporaryFolder folder;
  writeBytes(folder / "file", "x");
  EXPECT_EQ(codeOf(createRunFolder(folder / "file", "t")), exitWrite);
  EXPECT_EQ(codeOf(createRunFolder(folder / "file/deeper", "t")), exitWrite);
}
