// A list of record numbers in bits is what the list of numbers was.
#include "runtime/data/Indices.h"
#include "runtime/base/Philox.h"
#include "test/runtime/Support.h"

using namespace nnrt;

TEST(Indices, AreTheNumbersPutIn) {
  // Dense, sparse, and with gaps of many words.
  for (uint64_t gap : {1u, 3u, 70u, 5000u}) {
    RandomStream random({gap, purposeOf("test")});
    std::vector<int64_t> numbers;
    Indices indices;
    for (int64_t record = int64_t(random.below(gap)); numbers.size() < 3000;
         record += 1 + int64_t(random.below(gap))) {
      numbers.push_back(record);
      indices.push_back(record);
    }
    ASSERT_EQ(indices.size(), int64_t(numbers.size()));
    EXPECT_EQ(std::vector<int64_t>(indices.begin(), indices.end()), numbers);
    for (size_t place = 0; place < numbers.size(); ++place) {
      ASSERT_EQ(indices[int64_t(place)], numbers[place]);
      ASSERT_TRUE(indices.contains(numbers[place]));
    }
    EXPECT_EQ(indices.contains(numbers[10] + 1), numbers[11] == numbers[10] + 1);
    EXPECT_FALSE(indices.contains(numbers.back() + 1));
    EXPECT_FALSE(indices.contains(-1));
  }
}

TEST(Indices, AllAndNone) {
  for (int64_t count : {1, 63, 64, 65, 512, 513, 4000}) {
    Indices all = Indices::all(count), pushed;
    for (int64_t record = 0; record < count; ++record)
      pushed.push_back(record);
    EXPECT_EQ(all, pushed);
    EXPECT_EQ(all.size(), count);
    EXPECT_EQ(all[count - 1], count - 1);
    EXPECT_FALSE(all.contains(count));
  }
  EXPECT_TRUE(Indices().empty());
  EXPECT_FALSE(Indices().begin() != Indices().end());
  EXPECT_NE(Indices({1, 5}), Indices({1, 6}));
}
