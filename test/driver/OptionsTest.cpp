// What the command line may say, and what it says when it may not.
#include "compiler/driver/Options.h"
#include <gtest/gtest.h>

namespace nn::test {
namespace {

Options accepted(const std::vector<std::string> &arguments) {
  std::string error;
  std::optional<Options> options = parseOptions(arguments, error);
  EXPECT_TRUE(options) << error;
  return options.value_or(Options());
}

std::string refused(const std::vector<std::string> &arguments) {
  std::string error;
  EXPECT_FALSE(parseOptions(arguments, error));
  return error;
}

TEST(Options, compileIsTheDefault) {
  Options options = accepted({"model.nn"});
  EXPECT_EQ(options.command, Command::Compile);
  EXPECT_EQ(options.files, std::vector<std::string>{"model.nn"});
  EXPECT_EQ(options.cpu, "native");
  EXPECT_EQ(options.precision, Precision::F32);
  EXPECT_FALSE(options.emit);
}

TEST(Options, valuesStandApartOrJoined) {
  for (Options options : {accepted({"-o", "out", "--emit", "nn", "--precision", "f64", "model.nn"}),
                          accepted({"model.nn", "--output=out", "--emit=nn", "--precision=f64"})}) {
    EXPECT_EQ(options.output, "out");
    EXPECT_EQ(options.emit, Phase::Nn);
    EXPECT_EQ(options.precision, Precision::F64);
  }
}

TEST(Options, setsAreCollectedInOrder) {
  Options options = accepted({"model.nn", "--set", "width=64", "--set=batch=32"});
  EXPECT_EQ(options.sets, (Sets{{"width", "64"}, {"batch", "32"}}));
}

TEST(Options, twiceIsOnceTooOften) {
  EXPECT_EQ(refused({"model.nn", "--emit=ast", "--emit=nn"}), "`--emit` is given twice");
  EXPECT_EQ(refused({"model.nn", "-o", "a", "--output=b"}), "`--output` is given twice");
}

TEST(Options, everyPhaseHasItsName) {
  for (const PhaseInfo &info : allPhases())
    EXPECT_EQ(accepted({"model.nn", std::string("--emit=") + info.name}).emit, info.phase);
}

TEST(Options, runPassesTheRestOn) {
  Options options = accepted({"run", "model.nn", "--mcpu=haswell", "--", "train", "--epochs", "3", "--help"});
  EXPECT_EQ(options.command, Command::Run);
  EXPECT_EQ(options.programArguments, (std::vector<std::string>{"train", "--epochs", "3", "--help"}));
}

TEST(Options, checkTakesManyFiles) { EXPECT_EQ(accepted({"check", "a.nn", "b.nn"}).files.size(), 2u); }

TEST(Options, toolsTakeFilesOrNone) {
  EXPECT_EQ(accepted({"fmt"}).command, Command::Format);
  EXPECT_TRUE(accepted({"fmt", "--check", "a.nn", "b.nn"}).onlyCheck);
  EXPECT_EQ(accepted({"explain", "unknown-name"}).topic, "unknown-name");
  EXPECT_EQ(accepted({"explain"}).topic, "");
  EXPECT_TRUE(accepted({"doc", "--format=html"}).html);
}

TEST(Options, helpNeedsNoFile) {
  EXPECT_EQ(accepted({"--help"}).command, Command::Help);
  EXPECT_EQ(accepted({"check", "-h"}).command, Command::Help);
  EXPECT_EQ(accepted({"--version"}).command, Command::Version);
}

TEST(Options, unknownOptionGetsASuggestion) {
  EXPECT_EQ(refused({"model.nn", "--presicion=f64"}),
            "unknown option `--presicion`; did you mean `--precision`?");
}

TEST(Options, unknownCommandGetsASuggestion) {
  EXPECT_EQ(refused({"chek", "model.nn"}), "unknown command `chek`; did you mean `check`?");
}

TEST(Options, unknownPhaseGetsASuggestion) {
  std::string error = refused({"model.nn", "--emit=autodif"});
  EXPECT_NE(error.find("did you mean `autodiff`?"), std::string::npos) << error;
}

TEST(Options, refusals) {
  EXPECT_EQ(refused({}), "no `.nn` file given");
  EXPECT_EQ(refused({"model.txt"}), "`model.txt` is not a `.nn` file");
  EXPECT_EQ(refused({"model.nn", "-o"}), "`--output` needs a value");
  EXPECT_EQ(refused({"model.nn", "--mcpu="}), "`--mcpu` has an empty value");
  EXPECT_EQ(refused({"--version=1"}), "`--version` takes no value");
  EXPECT_EQ(refused({"a.nn", "b.nn"}), "one `.nn` file at a time, not both `a.nn` and `b.nn`");
  EXPECT_EQ(refused({"model.nn", "--set", "width"}), "`--set` takes name=value, not `width`");
  EXPECT_EQ(refused({"model.nn", "--set", "=3"}), "`--set` takes name=value, not `=3`");
  EXPECT_EQ(refused({"model.nn", "--set", "a=1", "--set", "a=2"}), "`--set a` is given twice");
  EXPECT_EQ(refused({"model.nn", "--precision=f16"}), "`--precision` is one of `f32`, `f64`, not `f16`");
  EXPECT_EQ(refused({"model.nn", "--", "train"}), "`--` is for `nnc run FILE.nn -- ARGS...`");
  EXPECT_EQ(refused({"run", "model.nn", "--emit=nn"}), "`--emit` is not for `nnc run`");
  EXPECT_EQ(refused({"fmt", "a.nn", "-o", "b.nn"}), "`--output` is not for `nnc fmt`");
  EXPECT_EQ(refused({"model.nn", "--check"}), "`--check` is not for compiling");
  EXPECT_EQ(refused({"doc", "--format=pdf"}), "`--format` is one of `markdown`, `html`, not `pdf`");
  EXPECT_EQ(refused({"explain", "a", "b"}), "`nnc explain` takes one kind at a time");
  EXPECT_EQ(refused({"model.nn", "-o", "model.nn"}), "the output `model.nn` is the program's own text");
}

} // namespace
} // namespace nn::test
