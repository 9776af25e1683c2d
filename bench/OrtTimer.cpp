// Times ONNX Runtime in process through its C API, without a binding's cost per call:
//   ort-timer LIBRARY MODEL THREADS INPUT OUTPUT INPUT-SHAPE OUTPUT-SHAPE     (shapes as 64x1x28x28)
// First writes what the model computes for INPUT into OUTPUT; then, for each line on stdin, which is a number
// of calls, prints the median time of one in ms.
#include "bench/Median.h"
#include "bench/OrtApi.h"

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <string>

using namespace nnbench;

namespace {

[[noreturn]] void fail(const std::string &message) {
  std::fprintf(stderr, "ort-timer: %s\n", message.c_str());
  std::exit(1);
}

ort::Api load(const char *library) {
  void *handle = dlopen(library, RTLD_NOW);
  void *symbol = handle ? dlsym(handle, "OrtGetApiBase") : nullptr;
  if (!symbol)
    fail(dlerror());
  auto *base = reinterpret_cast<const ort::ApiBase *(*)()>(symbol)();
  return ort::Api(base->getApi(1));
}

void check(const ort::Api &api, ort::Status *status) {
  if (status)
    fail(api.message(status));
}

struct Tensor {
  std::vector<int64_t> shape;
  std::vector<float> data;
  ort::Value *value = nullptr;

  Tensor(const ort::Api &api, const char *text) {
    size_t count = 1;
    for (char *end; *text; text = *end ? end + 1 : end) {
      shape.push_back(std::strtoll(text, &end, 10));
      count *= size_t(shape.back());
      if (end == text)
        fail("a shape is written as 64x1x28x28");
    }
    data.resize(count);
    ort::MemoryInfo *info = nullptr;
    check(api, api.createCpuMemoryInfo(&info));
    check(api,
          api.createTensor(info, data.data(), count * sizeof(float), shape.data(), shape.size(), &value));
  }
};

ort::Session *open(const ort::Api &api, const char *model, int threads) {
  ort::Env *env = nullptr;
  ort::Options *options = nullptr;
  ort::Session *session = nullptr;
  check(api, api.createEnv(ort::logWarnings, "bench", &env));
  check(api, api.createOptions(&options));
  check(api, api.setThreadsWithinNodes(options, threads));
  check(api, api.setThreadsAcrossNodes(options, 1));
  check(api, api.createSession(env, model, options, &session));
  return session;
}

} // namespace

int main(int count, char **arguments) {
  if (count != 8)
    fail("usage: ort-timer LIBRARY MODEL THREADS INPUT OUTPUT INPUT-SHAPE OUTPUT-SHAPE");
  ort::Api api = load(arguments[1]);
  ort::Session *session = open(api, arguments[2], std::atoi(arguments[3]));
  Tensor input(api, arguments[6]), output(api, arguments[7]);
  auto run = [&](int) { check(api, api.run(session, "x", input.value, "y", &output.value)); };

  std::FILE *file = std::fopen(arguments[4], "rb");
  if (!file || std::fread(input.data.data(), sizeof(float), input.data.size(), file) != input.data.size())
    fail(std::string("cannot read ") + arguments[4]);
  std::fclose(file);
  run(0);
  file = std::fopen(arguments[5], "wb");
  if (!file ||
      std::fwrite(output.data.data(), sizeof(float), output.data.size(), file) != output.data.size() ||
      std::fclose(file))
    fail(std::string("cannot write ") + arguments[5]);

  char line[32];
  while (std::fgets(line, sizeof line, stdin)) {
    std::printf("%.6f\n", medianTime(std::max(std::atoi(line), 1), run));
    std::fflush(stdout);
  }
  std::_Exit(0); // the library's threads need no farewell
}
