// `wav(FOLDER)`: a folder of recordings, or a tar of one, as records of a waveform and what the files' names
// say.
#ifndef NN_RUNTIME_DATA_AUDIO_RECORDINGS_H
#define NN_RUNTIME_DATA_AUDIO_RECORDINGS_H

#include "runtime/abi/Program.h"
#include "runtime/data/ReadContext.h"
#include "runtime/data/Table.h"

namespace nnrt {

// The first field is the waveform, at the source's rate, cut at its end or filled up with zeros. Each other
// field is the part of the file's name that the source's pattern has under its name, or without a pattern the
// folder's name: a number for `class(k)`, the name of a class (NamedClasses.h) for `category(k)`, and for
// folders always.
Result<Table> readRecordings(const nn_data &data, const nn_call &call, ReadContext &context);

// One file, or all of a folder in the order of their names, as waveforms.
Result<Column> readWaveforms(const std::string &place, const nn_call &call, const std::string &dataSet,
                             SkipBad &bad);

} // namespace nnrt

#endif
