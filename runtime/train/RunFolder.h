// The folders of runs: `runs/<train>-0001`, numbered across all trainings, so that the highest number is the
// newest however quickly they were made.
#ifndef NN_RUNTIME_TRAIN_RUNFOLDER_H
#define NN_RUNTIME_TRAIN_RUNFOLDER_H

#include "runtime/base/Result.h"

#include <string>

namespace nnrt {

Result<std::string> createRunFolder(const std::string &directory, const std::string &train);
// The newest run of this program that has weights; of one training, if it is named.
Result<std::string> newestRunFolder(const std::string &directory, const std::string &program,
                                    const std::string &train = "");

std::string bestWeightsIn(const std::string &run);
std::string lastWeightsIn(const std::string &run);
std::string configIn(const std::string &run);
std::string metricsIn(const std::string &run);

} // namespace nnrt

#endif
