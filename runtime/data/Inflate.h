// zlib's inflate, a piece of packed bytes at a time.
#ifndef NN_RUNTIME_DATA_INFLATE_H
#define NN_RUNTIME_DATA_INFLATE_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace nnrt {

class Inflate {
public:
  enum class Form { gzip, bare }; // bare: without header and check sum
  explicit Inflate(Form form);
  Inflate(const Inflate &) = delete;
  ~Inflate();

  bool isReady() const { return ready; }
  // Another stream begins.
  void restart();

  struct Step {
    size_t used, made;   // packed bytes and bytes
    bool isEnd;          // of the stream
    std::string failure; // empty when all is well
  };
  // Uses some of these packed bytes for some of so many.
  Step some(const uint8_t *packed, size_t packedCount, uint8_t *buffer, size_t count);

private:
  struct State;
  std::unique_ptr<State> state;
  bool ready;
};

} // namespace nnrt

#endif
