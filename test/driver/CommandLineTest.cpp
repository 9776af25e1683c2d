// nnc as users meet it: exit codes, messages, and what is written.
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/TargetParser/Host.h"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/wait.h>

namespace nn::test {
namespace {

constexpr const char *regression = R"(import std

data points {
  train = xor(400)
  field x: f32[2]
  field label: class(2)
}

hyper rate: f32 = 0.05
hyper width: int = 8 in [8, 16]

network Net(x: f32[b, 2]) -> f32[b, 2] { x |> Dense(width) |> relu |> Dense(2) }

train classify on points {
  batch = 32; epochs = 3
  minimize cross_entropy(Net(x), label) with SGD(rate)
  measure accuracy(Net(x), label)
}

predict softmax(Net(x))
)";

struct Outcome {
  int code;
  std::string out, err;
};

class CommandLine : public testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> name;
    llvm::sys::fs::createUniqueDirectory("nnc-command-line", name);
    directory = name.str().str();
  }
  void TearDown() override { std::filesystem::remove_all(directory); }

  void write(const std::string &name, const std::string &text) { std::ofstream(path(name)) << text; }
  std::string path(const std::string &name) const { return directory + "/" + name; }
  static std::string read(const std::string &path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(directory))
      names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

  // Runs a command of the shell in the test's directory; `nnc` is the binary under test.
  Outcome shell(const std::string &command) {
    std::string log = std::filesystem::temp_directory_path() / ("nnc-log-" + std::to_string(getpid()));
    std::string line = "cd " + directory + " && nnc() { " NNC_PATH " \"$@\"; } && { " + command + "; } > " +
                       log + ".out 2> " + log + ".err < /dev/null";
    int status = std::system(line.c_str());
    Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(log + ".out"), read(log + ".err")};
    std::filesystem::remove(log + ".out");
    std::filesystem::remove(log + ".err");
    return outcome;
  }

  std::string directory;
};

TEST_F(CommandLine, helpAndVersion) {
  Outcome help = shell("nnc --help");
  EXPECT_EQ(help.code, 0);
  EXPECT_NE(help.out.find("usage: nnc FILE.nn"), std::string::npos);
  EXPECT_NE(help.out.find("typed-ast"), std::string::npos);
  Outcome version = shell("nnc --version");
  EXPECT_EQ(version.code, 0);
  EXPECT_EQ(version.out.find("nnc "), 0u);
}

TEST_F(CommandLine, aFullDiskIsNoFaultOfTheCompiler) {
  Outcome outcome = shell("nnc --help > /dev/full");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err, "nnc: cannot write standard output: No space left on device\n");
}

TEST_F(CommandLine, wrongUsageIsTwo) {
  for (const char *command :
       {"nnc", "nnc --nonsense", "nnc model.txt", "nnc model.nn --set width", "nnc check"}) {
    Outcome outcome = shell(command);
    EXPECT_EQ(outcome.code, 2) << command;
    EXPECT_EQ(outcome.err.find("nnc: "), 0u) << outcome.err;
  }
}

TEST_F(CommandLine, missingFileIsOne) {
  Outcome outcome = shell("nnc nowhere.nn");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("nowhere.nn"), std::string::npos) << outcome.err;
}

TEST_F(CommandLine, errorsAreShownAndNothingIsWritten) {
  write("bad.nn", "import std\nnetwork Net(x: f32[b, 2]) -> f32[b, 2] { x |> Dens(2) }\n");
  for (const char *command :
       {"nnc bad.nn", "nnc check bad.nn", "nnc bad.nn --dump-phases=dump", "nnc run bad.nn -- train"}) {
    Outcome outcome = shell(command);
    EXPECT_EQ(outcome.code, 1) << command;
    EXPECT_NE(outcome.err.find("bad.nn:2:"), std::string::npos) << outcome.err;
    EXPECT_EQ(files(), std::vector<std::string>{"bad.nn"}) << command;
  }
}

TEST_F(CommandLine, jsonErrorsAreOneObjectALine) {
  write("bad.nn", "network {\n");
  Outcome outcome = shell("nnc check --error-format=json bad.nn");
  EXPECT_EQ(outcome.code, 1);
  ASSERT_FALSE(outcome.err.empty());
  EXPECT_EQ(outcome.err[0], '{');
}

TEST_F(CommandLine, formatRewritesOrNames) {
  write("a.nn", "fn f( a ){ a+1 } // sum\n");
  write("b.nn", "fn g(a) { a }\n");
  Outcome outcome = shell("nnc fmt --check a.nn b.nn");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "a.nn\n");
  EXPECT_EQ(read(path("a.nn")), "fn f( a ){ a+1 } // sum\n");
  EXPECT_EQ(shell("nnc fmt a.nn b.nn").code, 0);
  EXPECT_EQ(read(path("a.nn")), "fn f(a) { a + 1 } // sum\n");
  EXPECT_EQ(shell("nnc fmt --check a.nn b.nn").code, 0);
  outcome = shell("echo 'predict  x|>f' | nnc fmt");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "predict x |> f\n");
}

TEST_F(CommandLine, formatLeavesBadFilesAlone) {
  write("bad.nn", "fn f( {\n");
  Outcome outcome = shell("nnc fmt bad.nn");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("bad.nn:1:"), std::string::npos) << outcome.err;
  EXPECT_EQ(read(path("bad.nn")), "fn f( {\n");
}

TEST_F(CommandLine, explainShowsTheIndex) {
  Outcome outcome = shell("nnc explain stretched-axis");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out.find("# stretched-axis\n"), 0u) << outcome.out;
  EXPECT_NE(outcome.out.find("Remedy: "), std::string::npos);
  outcome = shell("nnc explain streched-axis");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("did you mean `stretched-axis`?"), std::string::npos) << outcome.err;
  std::string list = shell("nnc explain").out;
  EXPECT_NE(list.find("zero-rate (warning): `…` of `…` is 0: nothing is learned\n"), std::string::npos)
      << list;
  EXPECT_NE(list.find("missing-import: The imported file cannot be read\n"), std::string::npos) << list;
  EXPECT_EQ(list.find("{0}"), std::string::npos);
}

// As all outputs do.
TEST_F(CommandLine, documentKeepsLinksAndPipes) {
  write("mine.nn", "/// Twice.\nfn twice(x: f32[...]) -> f32[...] { 2 * x }\n");
  EXPECT_EQ(shell("touch real.md && ln -s real.md link.md && nnc doc mine.nn -o link.md").code, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(path("link.md")));
  EXPECT_NE(read(path("real.md")).find("twice"), std::string::npos);
  EXPECT_EQ(shell("mkfifo pipe.md && { cat pipe.md > got.md & nnc doc mine.nn -o pipe.md && wait; }").code,
            0);
  EXPECT_TRUE(std::filesystem::is_fifo(path("pipe.md")));
  EXPECT_EQ(read(path("got.md")), read(path("real.md")));
}

TEST_F(CommandLine, documentOfTheLibraryAndOfFiles) {
  Outcome outcome = shell("nnc doc");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.out.find("## Dense\n\n```nn\nlayer Dense(units: int"), std::string::npos) << outcome.out;
  write("mine.nn", "/// Twice `a`, <b>.\nfn f(a: f32) -> f32 { 2 * a }\n");
  EXPECT_EQ(shell("nnc doc mine.nn").out,
            "# mine.nn\n\n## f\n\n```nn\nfn f(a: f32) -> f32\n```\n\nTwice `a`, <b>.\n\n");
  outcome = shell("nnc doc mine.nn --format html -o mine.html");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(read(path("mine.html")).find("<p>Twice <code>a</code>, &lt;b&gt;.</p>"), std::string::npos);
}

TEST_F(CommandLine, checkTakesLibrariesAndWarns) {
  write("library.nn", "import std\nlayer Twice(k: int)(x: f32[..., n]) { x |> Dense(k) |> Dense(k) }\n");
  write("model.nn", std::string(regression) + "fn unused(a: f32) -> f32 { a }\n");
  Outcome outcome = shell("nnc check library.nn model.nn --error-format=json");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err.find("{\"kind\":\"unused-declaration\",\"severity\":\"warning\""), 0u) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
}

// What is wrong with the surroundings has a kind too.
TEST_F(CommandLine, aCopyWithoutItsLibrary) {
  Outcome outcome = shell("mkdir bin && cp " NNC_PATH " bin/nnc && echo > a.nn && bin/nnc check a.nn "
                          "--error-format=json");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("\"incomplete-installation\""), std::string::npos) << outcome.err;
}

TEST_F(CommandLine, whatCannotBeReadWrittenOrStarted) {
  EXPECT_NE(shell("nnc check nowhere.nn --error-format=json").err.find("\"cannot-open-file\""),
            std::string::npos);
  write("model.nn", regression);
  EXPECT_NE(shell("nnc model.nn -o nowhere/model --error-format=json").err.find("\"cannot-write\""),
            std::string::npos);
  // A linker whose result is no program.
  write("cc", "#!/bin/sh\nwhile [ \"$1\" != -o ]; do shift; done\necho nothing > \"$2\"\nchmod +x \"$2\"\n");
  Outcome outcome = shell("chmod +x cc && PATH=.:$PATH nnc run model.nn --error-format=json -- train");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("\"cannot-start\""), std::string::npos) << outcome.err;
}

TEST_F(CommandLine, configListsHyperparameters) {
  write("model.nn", regression);
  Outcome outcome = shell("nnc model.nn && ./model config --json");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("\"name\":\"width\",\"type\":\"int\",\"default\":8,\"range\":{\"kind\":\"list\","
                             "\"choices\":[8,16]},\"compiled\":true"),
            std::string::npos)
      << outcome.out;
}

TEST_F(CommandLine, unknownCpuIsADiagnostic) {
  write("model.nn", regression);
  Outcome outcome = shell("nnc model.nn --mcpu=haswel");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("unknown CPU `haswel`"), std::string::npos) << outcome.err;
}

// For a processor that no machine is likely to be yet: compiling is allowed, running is not.
TEST_F(CommandLine, codeForAnotherProcessorIsNotRun) {
  if (llvm::sys::getHostCPUFeatures().lookup("avx10.2"))
    GTEST_SKIP() << "this machine has all of it";
  write("model.nn", regression);
  Outcome outcome = shell("nnc run model.nn --mcpu=diamondrapids -- train");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("code for `diamondrapids` cannot run on this machine, which lacks "),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(files(), std::vector<std::string>{"model.nn"});
  outcome = shell("nnc model.nn --mcpu=diamondrapids && ./model summary && ./model train");
  EXPECT_EQ(outcome.code, 2) << outcome.err;
  EXPECT_NE(outcome.out.find("Net.Dense_1"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.err.find("`model` is compiled for `diamondrapids`, and this machine lacks "),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(files(), (std::vector<std::string>{"model", "model.nn"}));
}

// A million rows of a million units: four terabytes.
TEST_F(CommandLine, moreThanTheMemoryIsRefusedAtTheStart) {
  std::string text = regression;
  text.replace(text.find("batch = 32"), 10, "batch = 1048576");
  text.replace(text.find("xor(400)"), 8, "xor(2000000)");
  text.replace(text.find("Dense(width)"), 12, "Dense(125000 * width)");
  write("model.nn", text);
  Outcome outcome = shell("nnc model.nn && ./model train");
  EXPECT_EQ(outcome.code, 2) << outcome.err;
  EXPECT_EQ(outcome.err.find("error: `model` needs "), 0u) << outcome.err;
  EXPECT_NE(outcome.err.find(" are available here"), std::string::npos) << outcome.err;
  EXPECT_EQ(files(), (std::vector<std::string>{"model", "model.nn"}));
}

TEST_F(CommandLine, checkAcceptsAndWritesNothing) {
  write("model.nn", regression);
  Outcome outcome = shell("nnc check model.nn");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(files(), std::vector<std::string>{"model.nn"});
}

TEST_F(CommandLine, everyPhaseCanBePrinted) {
  write("model.nn", regression);
  for (const char *phase : {"ast", "typed-ast", "nn", "autodiff", "transforms", "linalg", "vector", "memref",
                            "llvm", "asm", "memory", "report"}) {
    Outcome outcome = shell(std::string("nnc model.nn --emit=") + phase);
    EXPECT_EQ(outcome.code, 0) << phase << ": " << outcome.err;
    EXPECT_FALSE(outcome.out.empty()) << phase;
  }
  EXPECT_EQ(files(), std::vector<std::string>{"model.nn"});
  EXPECT_EQ(shell("nnc model.nn --emit=obj").code, 0);
  EXPECT_EQ(files(), (std::vector<std::string>{"model.nn", "model.o"}));
}

TEST_F(CommandLine, phasesAreDumpedInOrder) {
  write("model.nn", regression);
  Outcome outcome = shell("nnc model.nn --dump-phases=dump && ls dump");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "01-ast.txt\n02-typed-ast.txt\n03-nn.mlir\n04-autodiff.mlir\n05-transforms.mlir\n06-linalg.mlir\n"
            "07-vector.mlir\n08-memref.mlir\n09-llvm.ll\n10-asm.s\n11-obj.o\n12-memory.txt\n13-report.txt\n");
}

TEST_F(CommandLine, sameInputSameObject) {
  write("model.nn", regression);
  Outcome outcome = shell("nnc model.nn --emit=obj -o a.o && nnc model.nn --emit=obj -o b.o && cmp a.o b.o");
  EXPECT_EQ(outcome.code, 0) << outcome.err << outcome.out;
}

TEST_F(CommandLine, executableTrainsEvaluatesAndPredicts) {
  write("model.nn", regression);
  Outcome outcome =
      shell("nnc model.nn -o model && ./model train --seed 1 && ./model eval && ./model predict");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("accuracy"), std::string::npos) << outcome.out;
}

TEST_F(CommandLine, executableNeedsLibcAndLibmOnly) {
  write("model.nn", regression);
  Outcome outcome =
      shell("nnc model.nn && ldd model | grep -v -E 'libc.so|libm.so|linux-vdso|ld-linux' || true");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_LT(std::filesystem::file_size(path("model")), 3u << 20);
}

TEST_F(CommandLine, unwritableOutputLeavesNothing) {
  write("model.nn", regression);
  Outcome outcome = shell("nnc model.nn -o nowhere/model");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("cannot write `nowhere/model`"), std::string::npos) << outcome.err;
  std::filesystem::create_directory(path("taken"));
  outcome = shell("nnc model.nn -o taken");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(files(), (std::vector<std::string>{"model.nn", "taken"}));
}

TEST_F(CommandLine, runSplitsHyperparameters) {
  write("model.nn", regression);
  Outcome outcome = shell("nnc run model.nn -- train --epochs 1 --set width=16 --set rate=0.1 && ls");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out.substr(outcome.out.find("model.nn")), "model.nn\nruns\n") << "no executable is left";
  outcome = shell("nnc run model.nn -- train --set widht=16");
  EXPECT_EQ(outcome.code, 2) << outcome.err;
}

} // namespace
} // namespace nn::test
