// A configuration reads back; a damaged one is a data error.
#include "runtime/train/Config.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

TEST(Config, RoundTrip) {
  TemporaryFolder folder;
  RunConfig config;
  config.program = "fake";
  config.train = "classify";
  config.seed = 42;
  config.epochs = 3;
  config.data = "/data";
  config.hypers = {{"rate", 0.1}, {"width", 64}};
  ASSERT_TRUE(writeConfig(folder / "c", config, nn_program_descriptor));
  auto read = readConfig(folder / "c");
  ASSERT_TRUE(read) << messageOf(read);
  EXPECT_EQ(read->train, "classify");
  EXPECT_EQ(read->seed, 42u);
  EXPECT_EQ(read->epochs, 3);
  EXPECT_EQ(read->data, "/data");
  EXPECT_EQ(read->hypers, config.hypers);
}

TEST(Config, WeightsHaveWhatIsNotOfThisMachine) {
  RunConfig config;
  config.program = "fake";
  config.seed = 42;
  config.steps = 30;
  config.data = "/data";
  config.hypers = {{"rate", 0.1}};
  auto read = parseConfig(portableConfig(config, nn_program_descriptor), "`w`");
  ASSERT_TRUE(read) << messageOf(read);
  EXPECT_EQ(read->seed, 42u);
  EXPECT_EQ(read->steps, 30);
  EXPECT_EQ(read->hypers, config.hypers);
  EXPECT_EQ(read->data, "");
}

TEST(Config, DamagedFilesAreRefused) {
  TemporaryFolder folder;
  for (const char *text :
       {"", "[]", "{}", "{\"seed\":-1}", "{\"seed\":\"1\"}", "{\"seed\":18446744073709551615}"}) {
    writeBytes(folder / "c", text);
    EXPECT_EQ(codeOf(readConfig(folder / "c")), exitData) << text;
  }
}
