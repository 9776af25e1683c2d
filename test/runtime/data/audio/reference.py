"""Spectra, mel bands, cepstra and resampling by NumPy and SciPy, from the definitions in runtime/data/audio/*.h.

Writes expected.json beside this file; the numbers in it are what the tests compare with. Needs python3-scipy.
"""
import json
import os

import numpy
import scipy
from scipy import fft, signal

RATE = 8000
WINDOW, HOP, LENGTH = 200, 80, 256  # 25 ms, 10 ms, and the next power of two
BANDS, COEFFICIENTS = 26, 13
LEAST_POWER = 1e-10


def waveform(count):
    """A sweep, a tone and noise, as a recording of 16 bits has them."""
    time = numpy.arange(count) / RATE
    noise = numpy.random.RandomState(1).standard_normal(count)
    sound = 0.4 * signal.chirp(time, 100, count / RATE, 3500) + 0.2 * numpy.sin(2 * numpy.pi * 440 * time)
    return numpy.round(32767 * (sound + 0.01 * noise) / 1.1).astype(int)


def power_spectra(samples):
    frames = 1 + (len(samples) - WINDOW) // HOP
    window = signal.get_window("hann", WINDOW)
    cut = numpy.stack([samples[t * HOP:t * HOP + WINDOW] * window for t in range(frames)])
    return numpy.abs(numpy.fft.rfft(cut, LENGTH)) ** 2


def mel_bank():
    top = 2595 * numpy.log10(1 + RATE / 2 / 700)
    corners = 700 * (10 ** (numpy.linspace(0, top, BANDS + 2) / 2595) - 1)
    bins = numpy.linspace(0, RATE / 2, LENGTH // 2 + 1)
    return numpy.stack([numpy.interp(bins, corners[i:i + 3], [0, 1, 0]) for i in range(BANDS)])


def slopes(features):
    padded = numpy.pad(features, ((2, 2), (0, 0)), mode="edge")
    return signal.convolve(padded, numpy.array([[2, 1, 0, -1, -2]]).T / 10, mode="valid")


def resampled(samples, to):
    """With the kernel as an FIR filter at the common rate."""
    common = numpy.gcd(RATE, to)
    up, down = to // common, RATE // common
    cutoff = 0.95 * min(1, to / RATE)
    half = int(numpy.floor(32 / cutoff * up))
    time = numpy.arange(-half, half + 1) / up
    side = numpy.clip(cutoff * time / 32, -1, 1)
    kernel = cutoff * numpy.sinc(cutoff * time) * numpy.i0(12 * numpy.sqrt(1 - side ** 2)) / numpy.i0(12.0)
    return signal.resample_poly(samples, up, down, window=kernel / up)


def main():
    pcm = waveform(1000)
    samples = pcm / 32768
    powers = power_spectra(samples)
    mel = numpy.log(numpy.maximum(powers @ mel_bank().T, LEAST_POWER))
    mfcc = fft.dct(mel, type=2, norm="ortho", axis=1)[:, :COEFFICIENTS]
    expected = {
        "made with": f"numpy {numpy.__version__}, scipy {scipy.__version__}",
        "rate": RATE, "window": WINDOW, "hop": HOP, "bands": BANDS, "coefficients": COEFFICIENTS,
        "pcm": pcm.tolist(),
        "stft": (0.5 * numpy.log(numpy.maximum(powers, LEAST_POWER))).ravel().tolist(),
        "mel": mel.ravel().tolist(),
        "mfcc": mfcc.ravel().tolist(),
        "mfcc with deltas": numpy.concatenate([mfcc, slopes(mfcc)], axis=1).ravel().tolist(),
        "resampled": {str(to): resampled(samples, to).tolist() for to in (4000, 5512, 11025, 16000)},
    }
    with open(os.path.join(os.path.dirname(__file__), "expected.json"), "w", encoding="utf-8") as file:
        json.dump(expected, file, indent=0)
        file.write("\n")


main()
