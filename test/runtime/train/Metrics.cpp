// The file has a header and one row a number; names that need it are quoted.
#include "runtime/train/Metrics.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

TEST(Metrics, RowsFollowTheHeader) {
  TemporaryFolder folder;
  auto metrics = MetricsFile::create(folder / "m");
  ASSERT_TRUE(metrics);
  metrics->add(5, 1, "train", "loss", "0.5");
  metrics->add(5, 1, "train", "a,\"b\"", "1");
  ASSERT_TRUE(metrics->flush());
  EXPECT_EQ(readBytes(folder / "m"),
            "step,epoch,split,name,value\n5,1,train,loss,0.5\n5,1,train,\"a,\"\"b\"\"\",1\n");
}
