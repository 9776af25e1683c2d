// How much memory a program may still take.
#ifndef NN_RUNTIME_BASE_MEMORY_H
#define NN_RUNTIME_BASE_MEMORY_H

#include <cstdint>
#include <optional>
#include <string>

namespace nnrt {

// What the system can give without killing somebody: free memory, caches and swap, or less where a control
// group (a container) or a limit of the process says so. Nothing where nobody says. `root` is a prefix of the
// system's files, for tests.
std::optional<uint64_t> availableMemory(const std::string &root = "");

} // namespace nnrt

#endif
