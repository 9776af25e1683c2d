#include "runtime/data/Words.h"
#include "test/runtime/Support.h"

using namespace nnrt;
using Words = std::vector<std::string_view>;

TEST(Words, LettersRunTogetherAndMarksStandAlone) {
  EXPECT_EQ(wordsOf("First Citizen:\nBefore we proceed, hear 2 me."),
            (Words{"First", "Citizen", ":", "Before", "we", "proceed", ",", "hear", "2", "me", "."}));
  EXPECT_EQ(wordsOf("\t \r\n"), Words{});
  EXPECT_EQ(wordsOf(""), Words{});
}

TEST(Words, ApostrophesAndHyphensJoinLetters) {
  EXPECT_EQ(wordsOf("don't well-nigh"), (Words{"don't", "well-nigh"}));
  EXPECT_EQ(wordsOf("'tis sons' yes--no -"), (Words{"'", "tis", "sons", "'", "yes", "-", "-", "no", "-"}));
}

TEST(Words, CharactersBeyondAsciiAreLetters) { EXPECT_EQ(wordsOf("café über"), (Words{"café", "über"})); }
