// Every form of samples, and every way a file can fail to have it.
#include "runtime/data/audio/Wav.h"
#include "test/runtime/Support.h"

#include <cmath>
#include <cstring>

using namespace nnrt;
using namespace nntest;

namespace {

ByteString word16(uint32_t value) { return littleEndian(value).substr(0, 2); }
ByteString word32(uint32_t value) { return littleEndian(value).substr(0, 4); }
ByteString chunk(const ByteString &id, const ByteString &content) {
  return id + word32(uint32_t(content.size())) + content + ByteString(content.size() % 2, '\0');
}
ByteString riff(const ByteString &chunks) {
  return "RIFF" + word32(uint32_t(chunks.size() + 4)) + "WAVE" + chunks;
}
ByteString format(uint32_t coding, uint32_t channels, uint32_t bits, uint32_t rate = 8000) {
  uint32_t frame = channels * bits / 8;
  return chunk("fmt ", word16(coding) + word16(channels) + word32(rate) + word32(rate * frame) +
                           word16(frame) + word16(bits));
}
ByteString wav(uint32_t coding, uint32_t channels, uint32_t bits, const ByteString &data) {
  return riff(format(coding, channels, bits) + chunk("data", data));
}
template <class T> ByteString bytesOf(T value) {
  ByteString bytes(sizeof value, '\0');
  memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

void expectSamples(const ByteString &bytes, const Floats &expected) {
  auto sound = decodeWav(bytes, "a.wav");
  ASSERT_TRUE(sound) << messageOf(sound);
  EXPECT_EQ(sound->samples, expected);
  EXPECT_EQ(sound->rate, 8000);
}

void expectRefused(const ByteString &bytes, const std::string &part) {
  auto sound = decodeWav(bytes, "a.wav");
  EXPECT_EQ(codeOf(sound), exitData);
  EXPECT_CONTAINS(messageOf(sound), "`a.wav`");
  EXPECT_CONTAINS(messageOf(sound), part);
}

const ByteString small = wav(1, 1, 16, word16(0x4000) + word16(0x8000));

} // namespace

TEST(Wav, ReadsEveryForm) {
  expectSamples(wav(1, 1, 8, ByteString("\x00\x80\xc0", 3)), {-1, 0, 0.5});
  expectSamples(small, {0.5, -1});
  expectSamples(wav(1, 1, 24, ByteString("\x00\x00\x40\x00\x00\x80\x01\x00\x00", 9)), {0.5, -1, 0x1p-23f});
  expectSamples(wav(1, 1, 32, word32(0x40000000) + word32(0x80000000)), {0.5, -1});
  expectSamples(wav(3, 1, 32, bytesOf(0.25f) + bytesOf(-2.0f)), {0.25, -2});
  expectSamples(wav(3, 1, 64, bytesOf(0.25) + bytesOf(-0.125)), {0.25, -0.125});
}

TEST(Wav, ChannelsAreAveraged) {
  expectSamples(wav(1, 2, 16, word16(0x4000) + word16(0) + word16(0x8000) + word16(0x8000)), {0.25, -1});
}

TEST(Wav, ReadsTheExtensibleForm) {
  ByteString family("\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71", 14);
  ByteString head = word16(0xfffe) + word16(1) + word32(8000) + word32(16000) + word16(2) + word16(16);
  ByteString tail = word16(22) + word16(16) + word32(4);
  ByteString data = chunk("data", word16(0x2000));
  expectSamples(riff(chunk("fmt ", head + tail + word16(1) + family) + data), {0.25});
  expectRefused(riff(chunk("fmt ", head + tail + word16(1) + ByteString(14, 'x')) + data), "extensible");
  expectRefused(riff(chunk("fmt ", head) + data), "extensible");
}

TEST(Wav, OtherChunksAreSkipped) {
  ByteString odd = chunk("LIST", "abc"), data = chunk("data", ByteString("\x00", 1));
  expectSamples(riff(odd + format(1, 1, 8) + odd + data), {-1});
  // Without the byte that makes the last chunk even, and with bytes behind the end.
  expectSamples(riff(format(1, 1, 8) + data.substr(0, 9)), {-1});
  expectSamples(small + "ID3 and more", {0.5, -1});
}

TEST(Wav, TruncatedFileIsRefused) {
  for (size_t length = 0; length < small.size(); ++length)
    EXPECT_EQ(codeOf(decodeWav(small.substr(0, length), "a.wav")), exitData) << length;
  expectRefused(small.substr(0, 8), "truncated");
  expectRefused(small.substr(0, 40), "the header promises 48 bytes, the file holds 40");
}

TEST(Wav, LyingLengthsAreRefused) {
  ByteString lying = small;
  lying.replace(40, 4, word32(0xffffffff));
  expectRefused(lying, "promises 4294967295 bytes, 4 follow");
  lying = small;
  lying.replace(4, 4, word32(0));
  expectRefused(lying, "the header promises 8 bytes, too few");
  lying = small;
  lying.replace(4, 4, word32(0xffffffff));
  expectRefused(lying, "the header promises 4294967303 bytes, the file holds 48");
  lying = small;
  lying.replace(16, 4, word32(0x7fffffff));
  expectRefused(lying, "the chunk at byte 12 promises 2147483647 bytes");
  expectRefused(wav(1, 2, 16, "abcdef"), "end inside a frame of 4");
  expectRefused(riff(format(1, 1, 16) + "data"), "head of a chunk");
}

TEST(Wav, StrangeFormatsAreRefused) {
  expectRefused("RIFX" + small.substr(4), "RIFX");
  expectRefused("MThd" + small.substr(4), "not a WAV file");
  expectRefused(wav(0x55, 1, 16, "ab"), "coding 0x0055");
  expectRefused(wav(1, 1, 12, "ab"), "12 bits");
  expectRefused(wav(3, 1, 16, "ab"), "16 bits in coding 0x0003");
  expectRefused(wav(1, 0, 16, "ab"), "0 channels");
  expectRefused(riff(format(1, 1, 16, 0) + chunk("data", "ab")), "at 0 samples a second");
  expectRefused(riff(format(1, 1, 16, 0xffffffff) + chunk("data", "ab")), "4294967295 samples");
  ByteString frame = small;
  frame.replace(32, 2, word16(7));
  expectRefused(frame, "7 bytes");
}

TEST(Wav, MissingChunksAreRefused) {
  expectRefused(riff(""), "no `fmt ` chunk");
  expectRefused(riff(format(1, 1, 16)), "no `data` chunk");
  expectRefused(riff(chunk("data", "ab")), "before the `fmt ` chunk");
  expectRefused(riff(format(1, 1, 16) + chunk("data", "")), "no samples");
  expectRefused(riff(chunk("fmt ", "abcd")), "4 bytes");
}

TEST(Wav, SamplesMustBeFinite) {
  expectRefused(wav(3, 1, 32, bytesOf(0.f) + bytesOf(HUGE_VALF)), "sample 1");
  expectRefused(wav(3, 1, 64, bytesOf(1e300)), "sample 0");
}
