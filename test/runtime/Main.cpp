// The archive has a `main` of its own, so the tests bring theirs instead of taking it from another archive.
#include <csignal>
#include <gtest/gtest.h>

int main(int argc, char **argv) {
  signal(SIGXFSZ, SIG_IGN);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
