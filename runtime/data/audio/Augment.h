// Changes of a sound that leave what is said in it: on waveforms, and masks on spectra (Park et al.,
// "SpecAugment", Interspeech 2019). Each draws from the stream it is given, which the caller keys by seed,
// epoch and record.
#ifndef NN_RUNTIME_DATA_AUDIO_AUGMENT_H
#define NN_RUNTIME_DATA_AUDIO_AUGMENT_H

#include "runtime/base/Philox.h"

namespace nnrt {

// Later or earlier by a number of samples uniform in ±share of the length; zeros come in.
void shiftInTime(double *samples, int64_t count, double share, RandomStream &random);
// Gaussian noise whose standard deviation is `share` of full scale, 1.
void addNoise(double *samples, int64_t count, double share, RandomStream &random);
// Louder or softer: times a factor uniform in 1 ± share.
void changeGain(double *samples, int64_t count, double share, RandomStream &random);

// A stretch of frames, or of columns, of a length uniform from 0 to `share` of all, at a place uniform among
// those it fits in, becomes the mean of [frames, width].
void maskFrames(double *features, int64_t frames, int64_t width, double share, RandomStream &random);
void maskColumns(double *features, int64_t frames, int64_t width, double share, RandomStream &random);

} // namespace nnrt

#endif
