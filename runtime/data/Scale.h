// `scale(k)`: the value times k.
#ifndef NN_RUNTIME_DATA_SCALE_H
#define NN_RUNTIME_DATA_SCALE_H

namespace nnrt {

struct Scale {
  double factor;
  double apply(double value) const { return value * factor; }
};

} // namespace nnrt

#endif
