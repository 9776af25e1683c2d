// Samples of all channels at one time are a frame: its size is written twice, and both must agree.
#include "runtime/data/audio/Wav.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

using namespace nnrt;

namespace {

enum Coding : uint16_t { pcm = 1, ieeeFloat = 3, extensible = 0xfffe };

// Beyond this, no recorder and no converter works; filters for resampling would have no end.
constexpr uint32_t highestRate = 1000000;

struct Format {
  uint16_t coding = 0; // pcm or ieeeFloat
  uint32_t channels = 0, rate = 0, frameBytes = 0, bits = 0;
};

struct Chunk {
  std::string_view id, content;
};

template <class Word> Word wordAt(std::string_view bytes, size_t at) {
  Word word = 0;
  for (size_t i = sizeof(Word); i-- > 0;)
    word = Word(uint64_t(word) << 8 | uint8_t(bytes[at + i]));
  return word;
}

class WavReader {
public:
  using Most = std::function<int64_t(int64_t rate)>;
  WavReader(std::string_view bytes, const std::string &name, const Most &most)
      : bytes(bytes), name(name), most(most) {}
  Result<Sound> read();

private:
  Error mistake(const std::string &what) const { return dataError("`" + name + "`: " + what); }
  Status readHeader();
  Result<Chunk> nextChunk();
  Result<Format> readFormat(std::string_view chunk) const;
  Status checkFormat(const Format &format) const;
  Result<Sound> readSamples(const Format &format, std::string_view data) const;

  std::string_view bytes; // up to the end that the header gives
  const std::string &name;
  const Most &most;
  size_t position = 12;
};

Status WavReader::readHeader() {
  bool isCut = bytes.size() < 12 && bytes.substr(0, 4) == std::string_view("RIFF").substr(0, bytes.size());
  if (isCut)
    return mistake("the file is truncated: it ends inside the RIFF header");
  if (bytes.substr(0, 4) == "RIFX" || bytes.substr(0, 4) == "RF64")
    return mistake("`" + std::string(bytes.substr(0, 4)) + "` files are not read: save it as plain WAV");
  if (bytes.substr(0, 4) != "RIFF" || bytes.size() < 12 || bytes.substr(8, 4) != "WAVE")
    return mistake("not a WAV file: it does not begin with `RIFF` and `WAVE`");
  uint64_t promised = 8 + uint64_t(wordAt<uint32_t>(bytes, 4));
  if (promised > bytes.size())
    return mistake("the header promises " + std::to_string(promised) + " bytes, the file holds " +
                   std::to_string(bytes.size()));
  if (promised < 12)
    return mistake("the header promises " + std::to_string(promised) + " bytes, too few for itself");
  bytes = bytes.substr(0, promised);
  return Done{};
}

// Chunks of odd length are followed by a byte that belongs to none; writers forget it behind the last one.
Result<Chunk> WavReader::nextChunk() {
  if (bytes.size() - position < 8)
    return mistake("the file is truncated: it ends inside the head of a chunk");
  Chunk chunk;
  chunk.id = bytes.substr(position, 4);
  uint32_t length = wordAt<uint32_t>(bytes, position + 4);
  position += 8;
  size_t left = bytes.size() - position;
  if (length > left)
    return mistake("the chunk at byte " + std::to_string(position - 8) + " promises " +
                   std::to_string(length) + " bytes, " + std::to_string(left) + " follow");
  chunk.content = bytes.substr(position, length);
  position = std::min(position + length + length % 2, bytes.size());
  return chunk;
}

Result<Format> WavReader::readFormat(std::string_view chunk) const {
  if (chunk.size() < 16)
    return mistake("the `fmt ` chunk has " + std::to_string(chunk.size()) + " bytes, expected at least 16");
  Format format;
  format.coding = wordAt<uint16_t>(chunk, 0);
  format.channels = wordAt<uint16_t>(chunk, 2);
  format.rate = wordAt<uint32_t>(chunk, 4);
  format.frameBytes = wordAt<uint16_t>(chunk, 12);
  format.bits = wordAt<uint16_t>(chunk, 14);
  if (format.coding == extensible) {
    // The coding, and 14 bytes that are the same for all codings of this family.
    constexpr std::string_view family("\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71", 14);
    if (chunk.size() < 40 || chunk.substr(26, 14) != family)
      return mistake("an extensible `fmt ` chunk without a known coding");
    format.coding = wordAt<uint16_t>(chunk, 24);
  }
  NNRT_TRY(checkFormat(format));
  return format;
}

Status WavReader::checkFormat(const Format &format) const {
  uint32_t bits = format.bits;
  bool known = format.coding == pcm         ? bits == 8 || bits == 16 || bits == 24 || bits == 32
               : format.coding == ieeeFloat ? bits == 32 || bits == 64
                                            : false;
  if (!known) {
    char code[16];
    snprintf(code, sizeof code, "0x%04x", format.coding);
    return mistake("samples of " + std::to_string(bits) + " bits in coding " + code +
                   " are not read: PCM of 8, 16, 24 or 32 bits and floats of 32 or 64 are");
  }
  if (format.channels == 0 || format.rate == 0 || format.rate > highestRate)
    return mistake(std::to_string(format.channels) + " channels at " + std::to_string(format.rate) +
                   " samples a second, expected at least one channel and a rate from 1 to " +
                   std::to_string(highestRate));
  if (format.frameBytes != format.channels * bits / 8)
    return mistake("a frame of " + std::to_string(format.channels) + " channels of " + std::to_string(bits) +
                   " bits is said to have " + std::to_string(format.frameBytes) + " bytes");
  return Done{};
}

double sampleAt(const Format &format, std::string_view data, size_t at) {
  if (format.coding == ieeeFloat && format.bits == 32) {
    uint32_t word = wordAt<uint32_t>(data, at);
    float value;
    memcpy(&value, &word, sizeof value);
    return value;
  }
  if (format.coding == ieeeFloat) {
    uint64_t word = wordAt<uint64_t>(data, at);
    double value;
    memcpy(&value, &word, sizeof value);
    return value;
  }
  switch (format.bits) {
  case 8: // the only unsigned form
    return (int(uint8_t(data[at])) - 128) / 128.0;
  case 16:
    return int16_t(wordAt<uint16_t>(data, at)) * 0x1p-15;
  case 24:
    return int32_t(uint32_t(wordAt<uint16_t>(data, at)) << 8 | uint32_t(uint8_t(data[at + 2])) << 24) *
           0x1p-31;
  default:
    return int32_t(wordAt<uint32_t>(data, at)) * 0x1p-31;
  }
}

Result<Sound> WavReader::readSamples(const Format &format, std::string_view data) const {
  if (data.empty())
    return mistake("it holds no samples");
  if (data.size() % format.frameBytes)
    return mistake("its " + std::to_string(data.size()) + " bytes of samples end inside a frame of " +
                   std::to_string(format.frameBytes));
  Sound sound;
  sound.rate = format.rate;
  size_t frames = data.size() / format.frameBytes;
  sound.samples.resize(most ? std::min(frames, size_t(most(format.rate))) : frames);
  for (size_t frame = 0; frame < sound.samples.size(); ++frame) {
    double sum = 0;
    for (size_t channel = 0; channel < format.channels; ++channel)
      sum += sampleAt(format, data, frame * format.frameBytes + channel * format.bits / 8);
    sound.samples[frame] = float(sum / format.channels);
    if (!std::isfinite(sound.samples[frame]))
      return mistake("sample " + std::to_string(frame) + " is not a finite number");
  }
  return sound;
}

Result<Sound> WavReader::read() {
  NNRT_TRY(readHeader());
  Format format;
  while (position < bytes.size()) {
    NNRT_ASSIGN(Chunk chunk, nextChunk());
    if (chunk.id == "fmt ") {
      NNRT_ASSIGN(format, readFormat(chunk.content));
    } else if (chunk.id == "data") {
      if (format.coding == 0)
        return mistake("its samples come before the `fmt ` chunk that says how to read them");
      return readSamples(format, chunk.content);
    }
  }
  return mistake(format.coding ? "it has no `data` chunk" : "it has no `fmt ` chunk");
}

} // namespace

Result<Sound> nnrt::decodeWav(std::string_view bytes, const std::string &name,
                              const std::function<int64_t(int64_t rate)> &most) {
  return WavReader(bytes, name, most).read();
}
