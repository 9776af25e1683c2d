// Calls `build` with the alternative a labelled context is. The labels are few and the tree is small; a chain
// of casts needs neither a visitor nor its untyped results.
#ifndef NN_PARSE_DISPATCH_H
#define NN_PARSE_DISPATCH_H

namespace nn::parsing {

template <typename First, typename... Rest, typename Context, typename Build>
auto dispatch(Context *context, const Build &build) -> decltype(build(static_cast<First *>(nullptr))) {
  if (auto *alternative = dynamic_cast<First *>(context))
    return build(alternative);
  if constexpr (sizeof...(Rest) > 0)
    return dispatch<Rest...>(context, build);
  else
    return nullptr; // no other alternative exists
}

} // namespace nn::parsing
#endif
