// Errors as values. An error carries the exit code that it ends the program with, so that the place that
// knows what went wrong also decides what the shell sees.
#ifndef NN_RUNTIME_BASE_RESULT_H
#define NN_RUNTIME_BASE_RESULT_H

#include <string>
#include <utility>
#include <variant>

namespace nnrt {

enum ExitCode {
  exitOk = 0,
  exitUsage = 2,
  exitData = 3,
  exitDiverged = 4,
  exitWrite = 5,
  exitInternal = 70,
  exitInterrupted = 130, // 128 + SIGINT, as shells do
};

struct Error {
  ExitCode code;
  std::string message;
};

template <class T> class [[nodiscard]] Result {
public:
  Result(T value) : content(std::move(value)) {}
  Result(Error error) : content(std::move(error)) {}

  explicit operator bool() const { return content.index() == 0; }
  T &operator*() { return *std::get_if<0>(&content); }
  const T &operator*() const { return *std::get_if<0>(&content); }
  T *operator->() { return std::get_if<0>(&content); }
  const T *operator->() const { return std::get_if<0>(&content); }
  const Error &error() const { return *std::get_if<1>(&content); }

private:
  std::variant<T, Error> content;
};

struct Done {};
using Status = Result<Done>;

inline Error usageError(std::string message) { return {exitUsage, std::move(message)}; }
inline Error dataError(std::string message) { return {exitData, std::move(message)}; }
inline Error writeError(std::string message) { return {exitWrite, std::move(message)}; }
inline Error internalError(std::string message) { return {exitInternal, std::move(message)}; }

} // namespace nnrt

// Hands an error on to the caller.
#define NNRT_TRY(expression)                                                                                 \
  do {                                                                                                       \
    if (auto tried = (expression); !tried)                                                                   \
      return tried.error();                                                                                  \
  } while (false)

#define NNRT_JOIN_(a, b) a##b
#define NNRT_JOIN(a, b) NNRT_JOIN_(a, b)
// `NNRT_ASSIGN(auto x, f())`: x is the value of f(), or the error is handed on.
#define NNRT_ASSIGN(target, expression)                                                                      \
  auto NNRT_JOIN(result, __LINE__) = (expression);                                                           \
  if (!NNRT_JOIN(result, __LINE__))                                                                          \
    return NNRT_JOIN(result, __LINE__).error();                                                              \
  target = std::move(*NNRT_JOIN(result, __LINE__))

#endif
