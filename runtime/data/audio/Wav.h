// WAV: a RIFF file of chunks, of which `fmt ` says how samples are written and `data` holds them (Microsoft,
// "Multimedia Programming Interface and Data Specifications 1.0", 1991; "Multiple Channel Audio Data and WAVE
// Files", 2007, for the extensible form).
#ifndef NN_RUNTIME_DATA_AUDIO_WAV_H
#define NN_RUNTIME_DATA_AUDIO_WAV_H

#include "runtime/base/Result.h"
#include "runtime/data/Table.h"

#include <functional>
#include <string_view>

namespace nnrt {

struct Sound {
  int64_t rate = 0; // samples a second
  Floats samples;   // one channel, [-1, 1); what is written as a float may go beyond
};

// PCM of 8, 16, 24 and 32 bits and floats of 32 and 64, in any number of channels, of which the mean is
// taken. Lengths in the file must be true: a chunk that does not fit is an error, and so is a sample that is
// not finite. `name` is for messages; of the samples, those behind the first `most` of the file's rate are
// left out.
Result<Sound> decodeWav(std::string_view bytes, const std::string &name,
                        const std::function<int64_t(int64_t rate)> &most = {});

} // namespace nnrt

#endif
