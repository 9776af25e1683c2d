// Runs a fuzz target over its corpus and then over a fixed number of mutations of it. A mutation is a
// function of (seed, number), so that a failure comes again by its number: see README.md. Sanitizers end the
// process at the first mistake; so do an execution that takes too long and an allocation that is too large.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)());
extern "C" const char *__asan_default_options() { return "max_allocation_size_mb=1024:quarantine_size_mb=8"; }
extern "C" const char *__ubsan_default_options() { return "halt_on_error=1:print_stacktrace=1"; }

namespace {

constexpr unsigned secondsForOne = 20;
constexpr size_t largestInput = size_t(1) << 16;

using Input = std::string;
int64_t current = -1; // of the execution under way

// splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
class Random {
public:
  explicit Random(uint64_t state) : state(state) {}
  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  size_t below(size_t bound) { return bound ? next() % bound : 0; }

private:
  uint64_t state;
};

// Numbers at which sizes and signs go wrong, in either byte order or as digits.
void putNumber(Input &input, Random &random) {
  constexpr uint64_t edges[] = {0,
                                1,
                                0x7f,
                                0x80,
                                0xff,
                                0x7fff,
                                0x8000,
                                0xffff,
                                0x7fffffff,
                                0x80000000,
                                0xffffffff,
                                0x7fffffffffffffff,
                                0x8000000000000000,
                                0xffffffffffffffff};
  uint64_t value = edges[random.below(std::size(edges))];
  if (random.below(4) == 0)
    value += random.below(5) - 2;
  if (random.below(4) == 0) {
    std::string digits = std::to_string(random.below(2) ? int64_t(value) : int64_t(value & 0xffff));
    input.replace(random.below(input.size() + 1), random.below(4), digits);
    return;
  }
  size_t bytes = size_t(1) << random.below(4), at = random.below(input.size());
  bool bigEndian = random.below(2);
  for (size_t i = 0; i < bytes && at + i < input.size(); ++i)
    input[at + i] = char(value >> 8 * (bigEndian ? bytes - 1 - i : i));
}

void mutate(Input &input, Random &random, const std::vector<Input> &corpus) {
  size_t at = random.below(input.size() + 1);
  size_t length = 1 + random.below(random.below(2) ? 8 : 256);
  if (input.empty()) {
    input.push_back(char(random.next()));
    return;
  }
  switch (random.below(8)) {
  case 0:
    input[at % input.size()] = char(input[at % input.size()] ^ 1 << random.below(8));
    return;
  case 1:
    input[at % input.size()] = char(random.next());
    return;
  case 2:
    return putNumber(input, random);
  case 3:
    input.erase(at, length);
    return;
  case 4: { // a piece of itself once more
    Input piece = input.substr(random.below(input.size()), length);
    input.insert(at, piece);
    return;
  }
  case 5: { // a piece of another
    const Input &other = corpus[random.below(corpus.size())];
    input.insert(at, other.substr(random.below(other.size() + 1), length));
    return;
  }
  case 6:
    input.insert(at, Input(length, input[at % input.size()]));
    return;
  default:
    input.resize(at);
  }
}

Input mutation(const std::vector<Input> &corpus, uint64_t seed, int64_t number) {
  Random random(seed ^ uint64_t(number) * 0xd1342543de82ef95);
  Input input = corpus[random.below(corpus.size())];
  for (size_t count = 1 + random.below(6); count > 0; --count)
    mutate(input, random, corpus);
  input.resize(std::min(input.size(), largestInput));
  return input;
}

std::vector<Input> readCorpus(const std::string &folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code failure;
  for (const auto &entry : std::filesystem::directory_iterator(folder, failure))
    if (entry.is_regular_file())
      paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Input> corpus;
  for (const auto &path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

// A copy of exactly its size, so that one byte too far is seen.
void execute(const Input &input, int64_t number) {
  current = number;
  alarm(secondsForOne);
  std::vector<uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void tellWhich() {
  char text[96];
  int length =
      snprintf(text, sizeof text, "\nfuzz: failed at execution %lld\n", static_cast<long long>(current));
  if (length > 0 && write(STDERR_FILENO, text, size_t(length)) < 0)
    _exit(1);
}

void onSignal(int signal) {
  tellWhich();
  if (signal == SIGALRM)
    _exit(1);
}

int run(const std::string &folder, int64_t executions, uint64_t seed, const char *only) {
  std::vector<Input> corpus = readCorpus(folder);
  if (corpus.empty()) {
    fprintf(stderr, "fuzz: no corpus in %s\n", folder.c_str());
    return 2;
  }
  int64_t given = int64_t(corpus.size());
  auto inputOf = [&](int64_t number) {
    return number < given ? corpus[size_t(number)] : mutation(corpus, seed, number);
  };
  if (only) {
    Input input = inputOf(atoll(only));
    std::ofstream("fuzz-input", std::ios::binary) << input;
    execute(input, atoll(only));
    printf("execution %s passes, its input is in fuzz-input\n", only);
    return 0;
  }
  for (int64_t number = 0; number < given + executions; ++number)
    execute(inputOf(number), number);
  printf("%lld inputs of the corpus, %lld mutations: no mistake found\n", static_cast<long long>(given),
         static_cast<long long>(executions));
  return 0;
}

} // namespace

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: %s CORPUS EXECUTIONS [SEED [ONLY]]\n", argv[0]);
    return 2;
  }
  __sanitizer_set_death_callback(tellWhich);
  signal(SIGALRM, onSignal);
  return run(argv[1], atoll(argv[2]), argc > 3 ? strtoull(argv[3], nullptr, 10) : 1,
             argc > 4 ? argv[4] : nullptr);
}
