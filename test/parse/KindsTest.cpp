// Names of kinds; that each is raised is shown by test/diagnostics.
#include "test/parse/Support.h"

namespace nn::test {

TEST(Kinds, AreNamedInKebabCase) { EXPECT_EQ(nameOf(DiagnosticKind::InvalidUtf8), "invalid-utf8"); }

} // namespace nn::test
