// What is written reads back to the same bits, and a header that lies is refused.
#include "compiler/reference/Safetensors.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include <gtest/gtest.h>

namespace nn {
namespace {

struct TemporaryFile {
  TemporaryFile() { llvm::sys::fs::createTemporaryFile("nnc-test", "safetensors", path); }
  ~TemporaryFile() { llvm::sys::fs::remove(path); }
  llvm::SmallString<64> path;
};

// The reason why a file with this header and this many bytes of data is refused.
std::string refusal(llvm::StringRef header, size_t dataBytes) {
  TemporaryFile file;
  std::error_code error;
  {
    llvm::raw_fd_ostream out(file.path, error);
    char length[8];
    llvm::support::endian::write64le(length, header.size());
    out.write(length, sizeof(length));
    out << header << std::string(dataBytes, '\0');
  }
  llvm::Expected<TensorMap> tensors = readSafetensors(file.path);
  return tensors ? "" : llvm::toString(tensors.takeError());
}

bool contains(const std::string &text, const char *part) { return text.find(part) != std::string::npos; }

TEST(Safetensors, RoundTrip) {
  TemporaryFile file;
  Tensor a = Tensor::real({2, 3}), b = Tensor::integer({}, -5);
  a.reals = {0.1, -0.0, 1e300, 5e-324, 3, 4};
  ASSERT_FALSE(static_cast<bool>(writeSafetensors(file.path, {{"a.b", a}, {"c", b}})));
  llvm::Expected<TensorMap> read = readSafetensors(file.path);
  ASSERT_TRUE(static_cast<bool>(read));
  EXPECT_EQ((*read)["a.b"].shape, a.shape);
  EXPECT_EQ((*read)["a.b"].reals, a.reals);
  EXPECT_EQ((*read)["c"].integers, b.integers);
}

TEST(Safetensors, RefusesWhatDoesNotFit) {
  auto entry = [](const char *dtype, const char *shape, const char *offsets) {
    return std::string(R"({"a":{"dtype":")") + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" +
           offsets + "}}";
  };
  EXPECT_EQ(refusal(entry("F32", "[2]", "[0,8]"), 8), "");
  EXPECT_TRUE(contains(refusal(entry("F32", "[2]", "[0,8]"), 7), "outside the file"));
  EXPECT_TRUE(contains(refusal(entry("F32", "[3]", "[0,8]"), 8), "outside the file"));
  EXPECT_TRUE(contains(refusal(entry("F32", "[-2]", "[0,8]"), 8), "impossible shape"));
  EXPECT_TRUE(contains(refusal(entry("F32", "[4611686018427387904,4]", "[0,8]"), 8), "impossible shape"));
  EXPECT_TRUE(contains(refusal(entry("F16", "[2]", "[0,4]"), 4), "unknown dtype"));
  EXPECT_TRUE(contains(refusal("[]", 0), "no object"));
  EXPECT_NE(refusal("{", 0), "");
  EXPECT_TRUE(contains(refusal(R"({"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},
                                   "b":{"dtype":"F64","shape":[1],"data_offsets":[4,12]}})",
                               16),
                       "overlap"));
}

TEST(Safetensors, RefusesALongHeader) {
  TemporaryFile file;
  std::error_code error;
  {
    llvm::raw_fd_ostream out(file.path, error);
    out << std::string(8, '\xff') << "{}";
  }
  llvm::Expected<TensorMap> tensors = readSafetensors(file.path);
  ASSERT_FALSE(static_cast<bool>(tensors));
  EXPECT_TRUE(contains(llvm::toString(tensors.takeError()), "longer than the file"));
}

} // namespace
} // namespace nn
