// Texts as numbers: how the weights file keeps the names of classes.
#ifndef NN_RUNTIME_DATA_STOREDTEXTS_H
#define NN_RUNTIME_DATA_STOREDTEXTS_H

#include <string>
#include <vector>

namespace nnrt {

// Code points, behind each text a 0.
std::vector<double> toStored(const std::vector<std::string> &texts);
// A file that was tampered with gives other texts, nothing worse.
std::vector<std::string> fromStored(const std::vector<double> &stored);

} // namespace nnrt

#endif
