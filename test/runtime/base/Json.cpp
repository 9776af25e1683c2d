// Bad JSON is an error value, however it is bad.
#include "runtime/base/Json.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using namespace nntest;

TEST(Json, RefusesWhatIsNotOneObject) {
  for (std::string text : {"", "[]", "{", "{} {}", "nul", "{\"a\":}", "\xff\xfe", "{\"a\":1,\"a\":2}",
                           "{\"a\":{\"b\":1,\"b\":2}}"})
    EXPECT_EQ(codeOf(parseJsonObject(text, "it")), exitData) << text;
  EXPECT_CONTAINS(messageOf(parseJsonObject("{\"a\":1,\"a\":2}", "it")), "`a` twice");
}

TEST(Json, DeepNestingIsHarmless) {
  EXPECT_EQ(codeOf(parseJsonObject(std::string(1000000, '['), "it")), exitData);
  std::string deep = "{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}";
  EXPECT_TRUE(parseJsonObject(deep, "it"));
}

TEST(Json, MembersHaveTheirTypeOrAreAbsent) {
  auto json = parseJsonObject(R"({"s":"x","n":1.5,"i":3,"big":18446744073709551615})", "it");
  ASSERT_TRUE(json);
  EXPECT_EQ(stringMember(*json, "s"), "x");
  EXPECT_EQ(numberMember(*json, "n"), 1.5);
  EXPECT_EQ(integerMember(*json, "i"), 3);
  EXPECT_FALSE(integerMember(*json, "n"));
  EXPECT_FALSE(integerMember(*json, "big"));
  EXPECT_FALSE(stringMember(*json, "missing"));
}
