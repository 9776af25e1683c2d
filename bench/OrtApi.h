// The part of ONNX Runtime's C API that a benchmark needs. The library is npm's, which comes without a
// header; its table of functions only ever grows at the end, so that the place of an old function is as good
// as its name.
#ifndef NN_BENCH_ORTAPI_H
#define NN_BENCH_ORTAPI_H

#include <cstddef>
#include <cstdint>

namespace nnbench::ort {

struct Status;
struct Env;
struct Options;
struct Session;
struct MemoryInfo;
struct Value;

constexpr int logWarnings = 2, elementFloat = 1, allocatorDevice = 0, memoryDefault = 0;

// A table of functions, each of its own type.
class Api {
public:
  explicit Api(void *const *table) : table(table) {}

  const char *message(const Status *status) const { return at<const char *(*)(const Status *)>(2)(status); }
  Status *createEnv(int logLevel, const char *name, Env **env) const {
    return at<Status *(*)(int, const char *, Env **)>(3)(logLevel, name, env);
  }
  Status *createSession(const Env *env, const char *path, const Options *options, Session **session) const {
    return at<Status *(*)(const Env *, const char *, const Options *, Session **)>(7)(env, path, options,
                                                                                      session);
  }
  Status *run(Session *session, const char *inputName, const Value *input, const char *outputName,
              Value **output) const {
    return at<Status *(*)(Session *, const void *, const char *const *, const Value *const *, size_t,
                          const char *const *, size_t, Value **)>(9)(session, nullptr, &inputName, &input, 1,
                                                                     &outputName, 1, output);
  }
  Status *createOptions(Options **options) const { return at<Status *(*)(Options **)>(10)(options); }
  Status *setThreadsWithinNodes(Options *options, int count) const {
    return at<Status *(*)(Options *, int)>(24)(options, count);
  }
  Status *setThreadsAcrossNodes(Options *options, int count) const {
    return at<Status *(*)(Options *, int)>(25)(options, count);
  }
  // The tensor lies in `data` and does not own it.
  Status *createTensor(const MemoryInfo *info, void *data, size_t bytes, const int64_t *shape, size_t rank,
                       Value **value) const {
    return at<Status *(*)(const MemoryInfo *, void *, size_t, const int64_t *, size_t, int, Value **)>(49)(
        info, data, bytes, shape, rank, elementFloat, value);
  }
  Status *createCpuMemoryInfo(MemoryInfo **info) const {
    return at<Status *(*)(int, int, MemoryInfo **)>(69)(allocatorDevice, memoryDefault, info);
  }

private:
  template <typename Function> Function at(size_t place) const {
    return reinterpret_cast<Function>(table[place]);
  }
  void *const *table;
};

// What `OrtGetApiBase` returns.
struct ApiBase {
  void *const *(*getApi)(uint32_t version);
  const char *(*versionString)();
};

} // namespace nnbench::ort
#endif
