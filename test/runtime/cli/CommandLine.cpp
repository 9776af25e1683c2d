// Which words a command line may have, and how the pages of `--help` look.
#include "runtime/cli/CommandLine.h"
#include "runtime/cli/Help.h"
#include "test/runtime/Support.h"

#include <sstream>

using namespace nnrt;

namespace {

CommandLine read(const std::vector<std::string> &words) {
  Result<CommandLine> line = readCommandLine(words);
  EXPECT_TRUE(line) << (line ? "" : line.error().message);
  return line ? *line : CommandLine();
}

std::string refused(const std::vector<std::string> &words) {
  Result<CommandLine> line = readCommandLine(words);
  EXPECT_FALSE(line);
  return line ? "" : line.error().message;
}

bool takes(Command command, const std::string &option) {
  for (const OptionForm &form : optionForms())
    if (form.name == option && belongsTo(form, command))
      return true;
  return false;
}

} // namespace

TEST(CommandLine, ValuesStandBehindOrAttached) {
  CommandLine line =
      read({"train", "--epochs", "3", "--seed=7", "classify", "--no-shuffle", "--threads", "-1"});
  EXPECT_EQ(line.command, Command::train);
  EXPECT_EQ(line.input, "classify");
  EXPECT_EQ(line.valueOf("--epochs"), "3");
  EXPECT_EQ(line.valueOf("--seed"), "7");
  EXPECT_EQ(line.valueOf("--threads"), "-1");
  EXPECT_TRUE(line.has("--no-shuffle"));
  EXPECT_FALSE(line.has("--profile"));
}

TEST(CommandLine, OnlyTwoDashesEndTheOptions) {
  EXPECT_EQ(read({"predict", "--", "--help"}).input, "--help");
  EXPECT_FALSE(read({"predict", "--", "--help"}).help);
  EXPECT_EQ(read({"predict", "--out=--runs", "-"}).valueOf("--out"), "--runs");
  EXPECT_EQ(read({"predict", "-"}).input, "-");
}

TEST(CommandLine, RepeatedOptions) {
  EXPECT_EQ(read({"train", "--set", "a=1", "--set", "b=2"}).options.size(), 2u);
  EXPECT_TRUE(read({"info", "--json", "--json"}).has("--json"));
  EXPECT_EQ(refused({"train", "--seed", "1", "--seed", "2"}), "`--seed` is there twice");
}

TEST(CommandLine, HelpAndVersionAreMeantWhereverTheyStand) {
  EXPECT_TRUE(read({"--help", "train"}).help);
  EXPECT_TRUE(read({"train", "classify", "-h"}).help);
  EXPECT_TRUE(read({"--version"}).version);
}

TEST(CommandLine, WhatIsWrongIsNamed) {
  EXPECT_EQ(refused({"trian"}), "unknown command `trian`: did you mean `train`?");
  EXPECT_EQ(refused({"train", "--epoch=3"}), "unknown option `--epoch=3`: did you mean `--epochs`?");
  EXPECT_EQ(refused({"train", "a", "b"}), "unexpected argument `b`");
  EXPECT_EQ(refused({"info", "a"}), "unexpected argument `a`");
  EXPECT_EQ(refused({"train", "--out", "--json"}), "`--out` takes a value: `--out DIR`");
  EXPECT_EQ(refused({"train", "--out="}), "`--out` takes a value: `--out DIR`");
  EXPECT_EQ(refused({"train", "--profile=yes"}), "`--profile` takes no value");
  EXPECT_EQ(refused({"summary", "--weights", "w"}),
            "`--weights` belongs behind `train`, `eval` and `predict`");
}

TEST(Help, FitsTheTerminalAndNamesEachOption) {
  nn_program program{};
  program.name = "model";
  program.compiler = "nnc";
  for (const CommandForm &form : commandForms()) {
    std::string text = helpText(form.command, "./model", program);
    EXPECT_CONTAINS(text, std::string("usage: ./model ") + form.name);
    for (const OptionForm &option : optionForms())
      EXPECT_EQ(text.find(std::string("\n  ") + option.name + " ") != std::string::npos,
                takes(form.command, option.name))
          << option.name;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(line.size(), 80u) << line;
  }
  EXPECT_CONTAINS(helpText(std::nullopt, "./model", program), "predict [INPUT]");
}
