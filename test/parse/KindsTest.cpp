// Every kind of diagnostic of this phase is produced by some text: a kind nobody raises is a mistake in the
// registry.
#include "test/parse/Support.h"
#include <map>

namespace nn::test {

TEST(Kinds, EachIsRaised) {
  const std::map<DiagnosticKind, std::string> samples = {
      {DiagnosticKind::BraceOnNextLine, "fn f()\n{}"},
      {DiagnosticKind::FileTooLarge, std::string(limits::sourceBytes + 1, ' ')},
      {DiagnosticKind::IntegerTooLarge, "predict 9223372036854775808"},
      {DiagnosticKind::InvalidUtf8, "predict \xFF"},
      {DiagnosticKind::NestedTooDeeply, "predict " + std::string(limits::nesting + 1, '(')},
      {DiagnosticKind::NumberTooLarge, "predict 1e309"},
      {DiagnosticKind::PipeIntoValue, "predict x |> 3"},
      {DiagnosticKind::StatementTooLong, "predict x" +
                                             [] {
                                               std::string sum;
                                               for (unsigned i = 0; i <= limits::height; ++i)
                                                 sum += "+x";
                                               return sum;
                                             }()},
      {DiagnosticKind::SyntaxError, "predict"},
      {DiagnosticKind::TooManyTokens, std::string(limits::tokens + 1, ';')},
      {DiagnosticKind::UnclosedBracket, "predict (x"},
      {DiagnosticKind::UnexpectedCharacter, "predict $"},
      {DiagnosticKind::UnknownEscape, "import \"\\q\""},
      {DiagnosticKind::UnknownUnit, "predict 3x"},
      {DiagnosticKind::UnmatchedBracket, "predict x)"},
      {DiagnosticKind::UnterminatedString, "import \"x"},
  };
  for (int kind = 0; kind <= static_cast<int>(DiagnosticKind::UnterminatedString); ++kind) {
    auto sample = samples.find(static_cast<DiagnosticKind>(kind));
    ASSERT_NE(sample, samples.end()) << nameOf(static_cast<DiagnosticKind>(kind));
    Parsed parsed(sample->second);
    ASSERT_TRUE(parsed.diagnostics.hasErrors()) << nameOf(sample->first);
    EXPECT_EQ(nameOf(parsed.diagnostics.all().front().kind), nameOf(sample->first));
  }
}

TEST(Kinds, AreNamedInKebabCase) { EXPECT_EQ(nameOf(DiagnosticKind::InvalidUtf8), "invalid-utf8"); }

} // namespace nn::test
