#include "runtime/data/StoredTexts.h"
#include "runtime/data/Characters.h"

using namespace nnrt;

std::vector<double> nnrt::toStored(const std::vector<std::string> &texts) {
  std::vector<double> stored;
  for (const std::string &text : texts) {
    std::vector<uint32_t> codes = decodeUtf8(text).values;
    stored.insert(stored.end(), codes.begin(), codes.end());
    stored.push_back(0);
  }
  return stored;
}

std::vector<std::string> nnrt::fromStored(const std::vector<double> &stored) {
  std::vector<std::string> texts(1);
  for (double code : stored)
    if (code >= 1 && code <= 0x10ffff)
      appendUtf8(texts.back(), uint32_t(code));
    else
      texts.emplace_back();
  texts.pop_back();
  return texts;
}
