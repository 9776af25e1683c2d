// One function for each differentiable op, in the dialect's own text.
#ifndef NN_TEST_AUTODIFF_GRADIENTCASES_H
#define NN_TEST_AUTODIFF_GRADIENTCASES_H

#include <string>
#include <vector>

namespace nn {

// `body` computes %y of type `result` from `arguments`; the float ones are varied, from values in [low,
// high].
struct GradientCase {
  const char *name;
  const char *arguments;
  const char *body;
  const char *result;
  double low = -2, high = 2;
};

const std::vector<GradientCase> &gradientCases();

} // namespace nn
#endif
