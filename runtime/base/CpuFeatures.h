// Which extensions of its instruction set the processor has.
#ifndef NN_RUNTIME_BASE_CPUFEATURES_H
#define NN_RUNTIME_BASE_CPUFEATURES_H

#include <cstdint>
#include <string>
#include <vector>

namespace nnrt {

// Of the names, from runtime/abi/CpuFeatures.def, those that this machine lacks. A name that is not there
// counts as lacking: a newer compiler knows why it wrote it.
std::vector<std::string> missingFeatures(const char *const *names, uint32_t count);

} // namespace nnrt

#endif
