#ifndef NN_RUNTIME_DATA_DATETEXT_H
#define NN_RUNTIME_DATA_DATETEXT_H

#include <string>

namespace nnrt {

// Seconds since 1970-01-01 00:00 as `2015-03-31`, with the time of day where it is not midnight: `2015-03-31
// 14:05:09`.
std::string dateText(double seconds);

} // namespace nnrt

#endif
