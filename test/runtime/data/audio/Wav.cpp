// Every form of samples, and every way a file can fail to have it.
#include "runtime/data/audio/Wav.h"
#include "test/runtime/data/audio/WavBytes.h"

#include <cmath>
#include <cstring>

using namespace nnrt;
using namespace nntest;

namespace {

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

const ByteString small = wavBytes(1, 1, 16, word16(0x4000) + word16(0x8000));

} // namespace

TEST(Wav, ReadsEveryForm) {
  expectSamples(wavBytes(1, 1, 8, ByteString("\x00\x80\xc0", 3)), {-1, 0, 0.5});
  expectSamples(small, {0.5, -1});
  expectSamples(wavBytes(1, 1, 24, ByteString("\x00\x00\x40\x00\x00\x80\x01\x00\x00", 9)),
                {0.5, -1, 0x1p-23f});
  expectSamples(wavBytes(1, 1, 32, word32(0x40000000) + word32(0x80000000)), {0.5, -1});
  expectSamples(wavBytes(3, 1, 32, bytesOf(0.25f) + bytesOf(-2.0f)), {0.25, -2});
  expectSamples(wavBytes(3, 1, 64, bytesOf(0.25) + bytesOf(-0.125)), {0.25, -0.125});
}

TEST(Wav, ChannelsAreAveraged) {
  expectSamples(wavBytes(1, 2, 16, word16(0x4000) + word16(0) + word16(0x8000) + word16(0x8000)), {0.25, -1});
}

TEST(Wav, ReadsTheExtensibleForm) {
  ByteString family("\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71", 14);
  ByteString head = word16(0xfffe) + word16(1) + word32(8000) + word32(16000) + word16(2) + word16(16);
  ByteString tail = word16(22) + word16(16) + word32(4);
  ByteString data = chunkBytes("data", word16(0x2000));
  expectSamples(riffBytes(chunkBytes("fmt ", head + tail + word16(1) + family) + data), {0.25});
  expectRefused(riffBytes(chunkBytes("fmt ", head + tail + word16(1) + ByteString(14, 'x')) + data),
                "extensible");
  expectRefused(riffBytes(chunkBytes("fmt ", head) + data), "extensible");
}

TEST(Wav, OtherChunksAreSkipped) {
  ByteString odd = chunkBytes("LIST", "abc"), data = chunkBytes("data", ByteString("\x00", 1));
  expectSamples(riffBytes(odd + formatBytes(1, 1, 8) + odd + data), {-1});
  // Without the byte that makes the last chunk even, and with bytes behind the end.
  expectSamples(riffBytes(formatBytes(1, 1, 8) + data.substr(0, 9)), {-1});
  expectSamples(small + "ID3 and more", {0.5, -1});
}

TEST(Wav, TruncatedFileIsRefused) {
  for (size_t length = 0; length < small.size(); ++length)
    EXPECT_EQ(codeOf(decodeWav(small.substr(0, length), "a.wav")), exitData) << length;
  expectRefused(small.substr(0, 8), "truncated");
  expectRefused(small.substr(0, 40), "the header promises 48 bytes, the file holds 40");
}

TEST(Wav, AShortFileOfAnotherKindIsRefused) {
  expectRefused("a,b\n", "not a WAV file");
  expectRefused("RIF", "truncated");
}

TEST(Wav, SamplesBehindThoseAskedForAreLeftOut) {
  auto sound = decodeWav(small, "a.wav", [](int64_t rate) { return rate / 8000; });
  ASSERT_TRUE(sound) << messageOf(sound);
  EXPECT_EQ(sound->samples, Floats{0.5});
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
  expectRefused(wavBytes(1, 2, 16, "abcdef"), "end inside a frame of 4");
  expectRefused(riffBytes(formatBytes(1, 1, 16) + "data"), "head of a chunk");
}

TEST(Wav, StrangeFormatsAreRefused) {
  expectRefused("RIFX" + small.substr(4), "RIFX");
  expectRefused("MThd" + small.substr(4), "not a WAV file");
  expectRefused(wavBytes(0x55, 1, 16, "ab"), "coding 0x0055");
  expectRefused(wavBytes(1, 1, 12, "ab"), "12 bits");
  expectRefused(wavBytes(3, 1, 16, "ab"), "16 bits in coding 0x0003");
  expectRefused(wavBytes(1, 0, 16, "ab"), "0 channels");
  expectRefused(riffBytes(formatBytes(1, 1, 16, 0) + chunkBytes("data", "ab")), "at 0 samples a second");
  expectRefused(riffBytes(formatBytes(1, 1, 16, 0xffffffff) + chunkBytes("data", "ab")),
                "4294967295 samples");
  ByteString frame = small;
  frame.replace(32, 2, word16(7));
  expectRefused(frame, "7 bytes");
}

TEST(Wav, MissingChunksAreRefused) {
  expectRefused(riffBytes(""), "no `fmt ` chunk");
  expectRefused(riffBytes(formatBytes(1, 1, 16)), "no `data` chunk");
  expectRefused(riffBytes(chunkBytes("data", "ab")), "before the `fmt ` chunk");
  expectRefused(riffBytes(formatBytes(1, 1, 16) + chunkBytes("data", "")), "no samples");
  expectRefused(riffBytes(chunkBytes("fmt ", "abcd")), "4 bytes");
}

TEST(Wav, SamplesMustBeFinite) {
  expectRefused(wavBytes(3, 1, 32, bytesOf(0.f) + bytesOf(HUGE_VALF)), "sample 1");
  expectRefused(wavBytes(3, 1, 64, bytesOf(1e300)), "sample 0");
}
