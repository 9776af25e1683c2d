// A position is a place in the split, in file order; blocks are of positions.
#include "runtime/data/RecordOrder.h"
#include "runtime/data/Permutation.h"

#include <algorithm>

using namespace nnrt;

RecordOrder::RecordOrder(const Split &split, std::optional<uint64_t> seed, std::string purpose,
                         uint32_t firstRound)
    : split(split), seed(seed), purpose(std::move(purpose)), firstRound(firstRound),
      blockRecords(split.size()), windowBlocks(1) {
  int64_t inBlock = 1;
  uint64_t blockBytes = 0;
  for (const Column &column : split.table->columns)
    if (column.isSpilled())
      inBlock = std::max(inBlock, column.recordsInBlock());
  for (const Column &column : split.table->columns)
    if (column.isSpilled())
      blockBytes += column.blockBytes(inBlock);
  if (blockBytes == 0)
    return;
  blockRecords = inBlock;
  windowBlocks = std::max<int64_t>(1, int64_t(windowBytes() / blockBytes));
}

void RecordOrder::beginRound(int64_t newRound) {
  round = newRound;
  int64_t count = (split.size() + blockRecords - 1) / blockRecords;
  uint32_t time = firstRound + uint32_t(round);
  blocks = permutation(count, {*seed, purposeOf(purpose + ".blocks"), time});
  shortWindow = (std::find(blocks.begin(), blocks.end(), count - 1) - blocks.begin()) / windowBlocks;
  order.clear();
}

int64_t RecordOrder::windowStart(int64_t window) const {
  int64_t missing = int64_t(blocks.size()) * blockRecords - split.size();
  return window * windowBlocks * blockRecords - (window > shortWindow ? missing : 0);
}

void RecordOrder::enterWindow(int64_t position) {
  int64_t window = position / (windowBlocks * blockRecords);
  window += position >= windowStart(window + 1);
  start = windowStart(window);
  order.clear();
  size_t first = size_t(window * windowBlocks), last = std::min(first + size_t(windowBlocks), blocks.size());
  for (size_t i = first; i < last; ++i)
    for (int64_t place = blocks[i] * blockRecords;
         place < std::min((blocks[i] + 1) * blockRecords, split.size()); ++place)
      order.push_back(place);
  // A round of one window is keyed by the purpose alone.
  std::string key = blocks.size() > size_t(windowBlocks) ? purpose + "." + std::to_string(window) : purpose;
  std::vector<int64_t> mixed =
      permutation(int64_t(order.size()), {*seed, purposeOf(key), firstRound + uint32_t(round)});
  for (int64_t &place : mixed)
    place = order[size_t(place)];
  order = std::move(mixed);
}

void RecordOrder::balance(const ValueOf &classOf) {
  balanced.emplace(split.records, classOf, seed, purpose, firstRound);
}

void RecordOrder::take(int64_t first, int64_t count, BatchRow *rows) {
  if (balanced) {
    for (int64_t i = 0; i < count; ++i)
      rows[i] = balanced->at(first + i);
    return;
  }
  for (int64_t place = first; place < first + count; ++place, ++rows) {
    int64_t now = place / split.size(), position = place % split.size();
    rows->round = firstRound + uint32_t(now);
    if (!seed) {
      rows->record = split.records[position];
      continue;
    }
    if (now != round)
      beginRound(now);
    if (position < start || position >= start + int64_t(order.size()))
      enterWindow(position);
    rows->record = split.records[order[size_t(position - start)]];
  }
}
