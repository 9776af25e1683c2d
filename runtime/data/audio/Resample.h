// Another sampling rate, by band-limited interpolation (Smith and Gossett, "A flexible sampling-rate
// conversion method", ICASSP 1984): the signal as the sum of its samples' kernels, sampled anew.
#ifndef NN_RUNTIME_DATA_AUDIO_RESAMPLE_H
#define NN_RUNTIME_DATA_AUDIO_RESAMPLE_H

#include "runtime/data/Table.h"

namespace nnrt {

// The kernel at a distance of `time` input samples:
//   k(t) = c sinc(c t) kaiser(c t / 32; 12),   c = 0.95 min(1, to / from)
// with sinc(x) = sin(pi x) / (pi x) and kaiser(x; beta) = I0(beta sqrt(1 - x^2)) / I0(beta) within (-1, 1), 0
// beyond. What lies above 0.95 of the lower of the two Nyquist frequencies is damped, and aliases stay below
// -100 dB.
double resamplingKernel(double time, double cutoff);
double resamplingCutoff(int64_t from, int64_t to);

// y[n] = sum of x[m] k(n from / to - m); zeros before and after. The whole of it has ceil(samples to / from)
// samples, of which the first `most` are computed.
Floats resample(const Floats &samples, int64_t from, int64_t to, int64_t most);

// The first `most` are made of no more than so many samples.
int64_t samplesFor(int64_t most, int64_t from, int64_t to);

} // namespace nnrt

#endif
