// WAV files for tests.
#ifndef NN_TEST_RUNTIME_DATA_AUDIO_WAVBYTES_H
#define NN_TEST_RUNTIME_DATA_AUDIO_WAVBYTES_H

#include "test/runtime/Support.h"

namespace nntest {

inline ByteString word16(uint32_t value) { return littleEndian(value).substr(0, 2); }
inline ByteString word32(uint32_t value) { return littleEndian(value).substr(0, 4); }

// With the byte that makes it even.
inline ByteString chunkBytes(const ByteString &id, const ByteString &content) {
  return id + word32(uint32_t(content.size())) + content + ByteString(content.size() % 2, '\0');
}
inline ByteString riffBytes(const ByteString &chunks) {
  return "RIFF" + word32(uint32_t(chunks.size() + 4)) + "WAVE" + chunks;
}
inline ByteString formatBytes(uint32_t coding, uint32_t channels, uint32_t bits, uint32_t rate = 8000) {
  uint32_t frame = channels * bits / 8;
  return chunkBytes("fmt ", word16(coding) + word16(channels) + word32(rate) + word32(rate * frame) +
                                word16(frame) + word16(bits));
}
inline ByteString wavBytes(uint32_t coding, uint32_t channels, uint32_t bits, const ByteString &data,
                           uint32_t rate = 8000) {
  return riffBytes(formatBytes(coding, channels, bits, rate) + chunkBytes("data", data));
}

} // namespace nntest

#endif
