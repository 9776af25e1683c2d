// Changes of a sound that leave what is said in it: on waveforms, and masks on spectra (Park et al.,
// "SpecAugment", Interspeech 2019). Each draws from the stream it is given, which the caller keys by seed,
// epoch and record.
#ifndef NN_RUNTIME_DATA_AUDIO_AUGMENT_H
#define NN_RUNTIME_DATA_AUDIO_AUGMENT_H

#include "runtime/base/Philox.h"

namespace nnrt {

// Later or earlier by a number of samples uniform in ±share of the length; zeros come in. (Noise is that of
// all records, runtime/data/augment/Noise.h.)
void shiftInTime(double *samples, int64_t count, double share, RandomStream &random);
// Faster or slower, and so higher or lower: y[n] = x(f n) by cubic interpolation (Catmull-Rom), f uniform in
// 1 ± share (Ko et al., "Audio augmentation for speech recognition", Interspeech 2015). Zeros follow the last
// sample.
void changeSpeed(double *samples, int64_t count, double share, RandomStream &random);
// Louder or softer: times a factor uniform in 1 ± share.
void changeGain(double *samples, int64_t count, double share, RandomStream &random);

// A stretch of frames, or of columns, of a length uniform from 0 to `share` of all, at a place uniform among
// those it fits in, becomes the mean of [frames, width].
void maskFrames(double *features, int64_t frames, int64_t width, double share, RandomStream &random);
void maskColumns(double *features, int64_t frames, int64_t width, double share, RandomStream &random);

} // namespace nnrt

#endif
