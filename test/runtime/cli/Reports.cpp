// help, summary and info: text for people, one JSON object for programs; and what the executable itself is.
#include "test/runtime/cli/Executables.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace nntest;

TEST(Reports, HelpListsHyperparameters) {
  TemporaryFolder folder;
  for (std::vector<std::string> words : {std::vector<std::string>{"--help"}, {"train", "--help"}}) {
    Outcome outcome = points(folder, words);
    EXPECT_EQ(outcome.exit, 0);
    EXPECT_CONTAINS(outcome.out, "rate = 0.05 in log(1e-05, 10)  step size");
    EXPECT_CONTAINS(outcome.out, "width = 64 in [32, 64, 128]  (compiled in)");
    EXPECT_EQ(outcome.err, "");
  }
  EXPECT_CONTAINS(points(folder, {"--version"}).out, "nnc 0.1.0");
}

TEST(Reports, Summary) {
  TemporaryFolder folder;
  Outcome text = idx(folder, {"summary"}), json = idx(folder, {"summary", "--json"});
  EXPECT_EQ(text.exit, 0);
  EXPECT_CONTAINS(text.out, "Net.Dense_1  [b, 10]       7,850  7,840  31,400");
  auto object = nlohmann::json::parse(json.out);
  EXPECT_EQ(object["layers"][0]["shape"], (nlohmann::json{nullptr, 10}));
  EXPECT_EQ(object["total"]["parameters"], 7850);
  EXPECT_EQ(object["total"]["bytes"], 31404);
}

TEST(Reports, Info) {
  TemporaryFolder folder;
  Outcome text = idx(folder, {"info"}), json = idx(folder, {"info", "--json"});
  EXPECT_EQ(text.exit, 0);
  EXPECT_CONTAINS(text.out, "idx(\"train-images.gz\", \"train-labels.gz\")");
  EXPECT_CONTAINS(text.out, "10% of train");
  auto object = nlohmann::json::parse(json.out);
  EXPECT_EQ(object["precision"], "f32");
  EXPECT_EQ(object["hypers"][0]["name"], "rate");
}

TEST(Reports, Config) {
  TemporaryFolder folder;
  Outcome text = points(folder, {"config"}), json = points(folder, {"config", "--json"});
  EXPECT_EQ(text.exit, 0);
  EXPECT_CONTAINS(text.out, "0.05  in log(1e-05, 10)  --set      step size");
  EXPECT_CONTAINS(text.out, "64  in [32, 64, 128]   nnc --set  units of the hidden layer");
  auto object = nlohmann::json::parse(json.out);
  EXPECT_EQ(object["hypers"][0], (nlohmann::json{{"name", "rate"},
                                                 {"type", "f32"},
                                                 {"default", 0.05},
                                                 {"range", {{"kind", "log"}, {"low", 1e-5}, {"high", 10.0}}},
                                                 {"compiled", false},
                                                 {"doc", "step size"}}));
  EXPECT_EQ(object["hypers"].size(), 3u);
}

// What calls generated code is refused, what reads the descriptor is not.
TEST(Reports, AProgramForAnotherProcessorSaysSo) {
  TemporaryFolder folder;
  auto elsewhere = [&](std::vector<std::string> words) {
    words.insert(words.begin(), NN_TEST_BIN "/fake-elsewhere");
    return run({words, folder.path()});
  };
  for (const std::vector<std::string> &words :
       {std::vector<std::string>{"train", "classify"}, {"eval"}, {"predict"}}) {
    Outcome outcome = elsewhere(words);
    EXPECT_EQ(outcome.exit, 2);
    EXPECT_CONTAINS(outcome.err, "`fake` is compiled for `generic`, and this machine lacks tensor-cores: ");
    EXPECT_CONTAINS(outcome.err, "`--mcpu`");
  }
  for (const char *word : {"--help", "summary", "config", "info"})
    EXPECT_EQ(elsewhere({word}).exit, 0) << word;
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Reports, LimitsOfNumbersAreTold) {
  TemporaryFolder folder;
  EXPECT_CONTAINS(points(folder, {"train", "classify", "--seed", "9223372036854775808"}).err,
                  "--seed takes a whole number from 0 to 9223372036854775807, not");
}

TEST(Reports, RandomFlagsNeitherCrashNorHang) {
  TemporaryFolder folder;
  for (const std::string &word :
       {std::string(65536, '('), std::string("\xff\xfe\x01"), std::string("--"), std::string("-"),
        std::string("--set=="), std::string("--="), std::string("--seed=9223372036854775808")}) {
    Outcome outcome = points(folder, {"train", "classify", "--epochs", "0", word});
    EXPECT_TRUE(outcome.exit == 2 || (outcome.exit == 0 && word == "--"))
        << outcome.exit << " " << outcome.err;
  }
}

// Under 3 MB, libc and libm only, and help in a blink.
TEST(Reports, ExecutableIsSmallAndStartsQuickly) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "not so with a sanitizer";
#endif
  EXPECT_LT(std::filesystem::file_size(NN_TEST_BIN "/fake-points"), 3u << 20);
  TemporaryFolder folder;
  Outcome libraries = run({{"/usr/bin/ldd", NN_TEST_BIN "/fake-points"}, folder.path()});
  for (const char *foreign : {"libstdc++", "libgcc_s", "libz", "libpthread"})
    EXPECT_EQ(libraries.out.find(foreign), std::string::npos) << libraries.out;
  double best = 1;
  for (int i = 0; i < 5; ++i) {
    auto start = std::chrono::steady_clock::now();
    points(folder, {"--help"});
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  EXPECT_LT(best, 0.02);
}
