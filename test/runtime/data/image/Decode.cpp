// Decoded pixels are those of Pillow; what is damaged, cut or lies about its size is an error.
#include "runtime/data/image/Decode.h"
#include "runtime/data/image/PngWrite.h"
#include "test/runtime/data/image/Expected.h"

using namespace nnrt;
using namespace nntest;

namespace {

Result<Image> decode(const ByteString &bytes, const std::string &name = "a.png") {
  return decodeImage({bytes, name});
}

// A PNG header that claims this size, with a sound check sum and nothing behind it.
ByteString pngClaiming(uint32_t width, uint32_t height, ByteString png) {
  png.replace(16, 8, bigEndian(width) + bigEndian(height));
  uint32_t crc = 0xffffffff;
  for (size_t i = 12; i < 29; ++i) {
    crc ^= uint8_t(png[i]);
    for (int bit = 0; bit < 8; ++bit)
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return png.replace(29, 4, bigEndian(~crc));
}

} // namespace

TEST(DecodeImage, EveryTypeAndDepthIsThatOfPillow) {
  int count = 0;
  for (const auto &[name, expected] : expectedImages()["decoded"].items()) {
    Result<Image> image = decode(readBytes(imagePath(name)), name);
    ASSERT_TRUE(image) << name << ": " << messageOf(image);
    expectSame(*image, imageOf(expected), name);
    ++count;
  }
  EXPECT_EQ(count, 35);
}

TEST(DecodeImage, LumaIsThatOfPillow) {
  const Json &luma = expectedImages()["luma"];
  expectSame(withChannels(imageOf(luma["from"]), 1), imageOf(luma["to"]), "luma");
  Image grey = imageOf(luma["to"]);
  Image colour = withChannels(grey, 3);
  EXPECT_EQ(colour.pixels.size(), 3 * grey.pixels.size());
  expectSame(withChannels(colour, 1), grey, "there and back");
}

TEST(DecodeImage, EveryTruncationIsNoticed) {
  for (const char *name : {"colour-8.png", "grey-4-interlaced.png", "colour.jpg", "progressive.jpg"}) {
    ByteString bytes = readBytes(imagePath(name));
    for (size_t length = 8; length < bytes.size(); ++length) {
      Result<Image> image = decode(bytes.substr(0, length), name);
      // Of a PNG's last chunk, libpng does not need the check sum's end.
      ASSERT_FALSE(image) << name << " of " << length;
      EXPECT_EQ(codeOf(image), exitData);
      EXPECT_CONTAINS(messageOf(image), std::string("`") + name + "`");
    }
    EXPECT_CONTAINS(messageOf(decode(bytes.substr(0, bytes.size() / 2), name)), "is truncated");
  }
}

TEST(DecodeImage, DamagedPngIsNoticed) {
  ByteString bytes = readBytes(imagePath("colour-8.png"));
  for (size_t at = 8; at < bytes.size(); ++at) {
    ByteString damaged = bytes;
    damaged[at] = char(damaged[at] ^ 0x10);
    EXPECT_FALSE(decode(damaged)) << at;
  }
}

TEST(DecodeImage, DamagedJpegIsNoticed) {
  ByteString bytes = readBytes(imagePath("grey.jpg"));
  size_t scan = bytes.find("\xff\xda");
  ASSERT_NE(scan, ByteString::npos);
  ByteString damaged =
      bytes.substr(0, bytes.size() - 2) + ByteString("\xff\xd0", 2) + bytes.substr(scan + 20);
  EXPECT_TRUE(decode(bytes));
  damaged = bytes;
  damaged.replace(scan + 30, 60, ByteString(60, '\xff'));
  EXPECT_CONTAINS(messageOf(decode(damaged, "b.jpg")), "`b.jpg` is not a sound JPEG");
}

TEST(DecodeImage, SizesAreHeldAgainstLimitsBeforeMemoryIsTaken) {
  ByteString png = readBytes(imagePath("grey-8.png"));
  EXPECT_CONTAINS(messageOf(decode(pngClaiming(0x7fffffff, 1, png))),
                  "claims 2147483647 x 1 pixels, more than");
  EXPECT_CONTAINS(messageOf(decode(pngClaiming(46341, 46341, png))),
                  "claims 46341 x 46341 pixels, more than");
  EXPECT_CONTAINS(messageOf(decode(pngClaiming(10000, 10000, png))), "more than its 208 bytes can hold");
  EXPECT_FALSE(decode(pngClaiming(0, 5, png)));
  EXPECT_FALSE(decode(pngClaiming(0xffffffff, 5, png)));
  ByteString jpeg = readBytes(imagePath("grey.jpg"));
  size_t frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, ByteString::npos);
  jpeg.replace(frame + 5, 4, "\xff\xdc\xff\xdc");
  EXPECT_CONTAINS(messageOf(decode(jpeg, "b.jpg")), "`b.jpg` claims 65500 x 65500 pixels, more than");
  jpeg.replace(frame + 5, 4, ByteString("\x10\x00\x10\x00", 4));
  EXPECT_CONTAINS(messageOf(decode(jpeg, "b.jpg")), "bytes can hold");
}

TEST(DecodeImage, OtherFilesAreRefused) {
  EXPECT_EQ(messageOf(decode("")), "`a.png` is empty");
  EXPECT_EQ(messageOf(decode("GIF89a")), "`a.png` is neither PNG nor JPEG");
  EXPECT_FALSE(decode("\x89PNG\r\n\x1a\n"));
  EXPECT_FALSE(decode("\xff\xd8\xff"));
}

TEST(EncodePng, ComesBack) {
  for (const char *name : {"colour-8.png", "grey-8.png"}) {
    Image image = *decode(readBytes(imagePath(name)));
    Result<std::string> bytes = encodePng(image);
    ASSERT_TRUE(bytes);
    expectSame(*decode(*bytes), image, name);
  }
}
