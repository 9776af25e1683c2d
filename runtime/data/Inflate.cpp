#include "runtime/data/Inflate.h"

#include <algorithm>
#include <zlib.h>

using namespace nnrt;

namespace {
constexpr size_t mostAtOnce = size_t(1) << 30; // zlib counts in 32 bits
constexpr int gzipOnly = 16 + MAX_WBITS;
} // namespace

struct Inflate::State {
  z_stream stream = {};
};

Inflate::Inflate(Form form)
    : state(std::make_unique<State>()),
      ready(inflateInit2(&state->stream, form == Form::gzip ? gzipOnly : -MAX_WBITS) == Z_OK) {}

Inflate::~Inflate() {
  if (ready)
    inflateEnd(&state->stream);
}

void Inflate::restart() { inflateReset(&state->stream); }

Inflate::Step Inflate::some(const uint8_t *packed, size_t packedCount, uint8_t *buffer, size_t count) {
  z_stream &stream = state->stream;
  const auto in = uInt(std::min(packedCount, mostAtOnce)), out = uInt(std::min(count, mostAtOnce));
  stream.next_in = const_cast<uint8_t *>(packed);
  stream.avail_in = in;
  stream.next_out = buffer;
  stream.avail_out = out;
  int outcome = inflate(&stream, Z_NO_FLUSH);
  bool isGood = outcome == Z_OK || outcome == Z_BUF_ERROR || outcome == Z_STREAM_END;
  return {in - stream.avail_in, out - stream.avail_out, outcome == Z_STREAM_END,
          isGood       ? ""
          : stream.msg ? stream.msg
                       : "bad deflate stream"};
}
