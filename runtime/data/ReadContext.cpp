#include "runtime/data/ReadContext.h"

#include <cstdio>

using namespace nnrt;

namespace {
constexpr int64_t told = 10; // one by one; the rest is in the total
}

Status SkipBad::skip(const Error &error) {
  if (skipped == allowed) {
    std::string hint;
    if (allowed)
      hint = "; " + std::to_string(allowed) + (allowed == 1 ? " bad record was" : " bad records were") +
             " skipped before";
    return Error{error.code, error.message + hint};
  }
  if (++skipped <= told)
    fprintf(stderr, "skipped: %s\n", error.message.c_str());
  return Done{};
}

void SkipBad::tellTotal() const {
  if (skipped)
    fprintf(stderr, "%lld bad record%s skipped\n", (long long)skipped, skipped == 1 ? "" : "s");
}
