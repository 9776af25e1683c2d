// One mistake each: the message, and where its caret stands.
#include "test/parse/Support.h"

namespace nn::test {

struct Mistake {
  const char *text;
  const char *message;
};

static void PrintTo(const Mistake &mistake, std::ostream *out) { *out << mistake.text; }

class InFile : public testing::TestWithParam<Mistake> {};

TEST_P(InFile, OneMessageAtItsPlace) { EXPECT_EQ(errors(GetParam().text), GetParam().message); }

INSTANTIATE_TEST_SUITE_P(
    Declarations, InFile,
    testing::Values(Mistake{"x = 1\n", "1:1: unexpected `x`, expected a declaration or end of file\n"},
                    Mistake{"import 3\n", "1:8: unexpected `3`, expected a name or a string\n"},
                    Mistake{"import std.\n", "1:12: unexpected end of file, expected a name\n"},
                    Mistake{"hyper rate = 1\n", "1:12: unexpected `=`, expected `:`\n"},
                    Mistake{"hyper rate: = 1\n", "1:13: unexpected `=`, expected a type\n"},
                    Mistake{"hyper rate: f32 = \n", "1:18: unexpected end of file, expected an expression\n"},
                    Mistake{"network A x {}\n", "1:11: unexpected `x`, expected `(`\n"},
                    Mistake{"network A(x\n", "1:10: unclosed `(`\n"},
                    Mistake{"network A(x y) {}\n", "1:13: unexpected `y`, expected `,` or `)`\n"},
                    Mistake{"network A(x)\n{ x }\n",
                            "2:1: `{` on a line of its own: it belongs at the end of the line before\n"},
                    Mistake{"optimizer SGD(w, g) {}\n", "1:21: unexpected `{`, expected `(`\n"},
                    Mistake{"train a on {}\n", "1:12: unexpected `{`, expected a name\n"},
                    Mistake{"select a from b with c\n", "1:10: unexpected `from`, expected `of`\n"},
                    Mistake{"fn f() { x\n", "1:8: unclosed `{`\n"},
                    Mistake{"fn f() { x }}\n", "1:13: unmatched `}`\n"},
                    Mistake{"import std; import\n",
                            "1:19: unexpected end of file, expected a name or a string\n"}));

class InBody : public testing::TestWithParam<Mistake> {};

TEST_P(InBody, OneMessageAtItsPlace) { EXPECT_EQ(errors(inBody(GetParam().text)), GetParam().message); }

INSTANTIATE_TEST_SUITE_P(
    Expressions, InBody,
    testing::Values(
        Mistake{"a + }", "2:5: unexpected `}`, expected an expression\n3:1: unmatched `}`\n"},
        Mistake{"if c { a + }", "2:12: unexpected `}`, expected an expression\n"},
        Mistake{"a b", "2:3: unexpected `b`, expected end of line\n"},
        Mistake{"f(a b)", "2:5: unexpected `b`, expected `,` or `)`\n"},
        Mistake{"f(a,, b)", "2:5: unexpected `,`, expected an expression or `)`\n"},
        Mistake{"f(in)", "2:3: unexpected reserved word `in`, expected an expression or `)`\n"},
        Mistake{"f(a: )", "2:6: unexpected `)`, expected an expression\n"},
        Mistake{"[a, b", "2:1: unclosed `[`\n"}, Mistake{"f(a, b]", "2:7: unmatched `]`\n"},
        Mistake{"()", "2:2: unexpected `)`, expected an expression\n"},
        Mistake{"(a,)", "2:3: unexpected `,`, expected `)`\n"},
        Mistake{"a * / b", "2:5: unexpected `/`, expected an expression\n"},
        Mistake{"a.1", "2:3: unexpected `1`, expected a name\n"},
        Mistake{"if a = b { c }", "2:6: unexpected `=`, expected `{`\n"},
        Mistake{"if a { c } else d", "2:17: unexpected `d`, expected `{` or `if`\n"},
        Mistake{"a |> 3", "2:6: the right side of `|>` is a number, expected a name or a call\n"},
        Mistake{"a |> (b, c)", "2:6: the right side of `|>` is a tuple, expected a name or a call\n"},
        Mistake{"a |> b + c", "2:6: the right side of `|>` is a computed value, expected a name or a call\n"},
        Mistake{"scan x in a { x }", "2:13: unexpected `{`, expected `,` or `along`\n"},
        Mistake{"x[1:2:3]", "2:6: unexpected `:`, expected `,` or `]`\n"}));

INSTANTIATE_TEST_SUITE_P(
    Statements, InBody,
    testing::Values(
        Mistake{"let = 3", "2:5: unexpected `=`, expected a name or `(`\n"},
        Mistake{"let x", "2:6: unexpected end of line, expected `:` or `=`\n"},
        Mistake{"let (a) = b", "2:7: unexpected `)`, expected `,`\n"},
        Mistake{"= 3", "2:1: unexpected `=`, expected a statement or `}`\n"},
        Mistake{"for i 0..3 {}", "2:7: unexpected `0`, expected `in`\n"},
        Mistake{"minimize a over b", "2:18: unexpected end of line, expected `with`\n"},
        Mistake{"minimize with b", "2:10: unexpected reserved word `with`, expected an expression\n"},
        Mistake{"param W: f32[n m]", "2:16: unexpected `m`, expected `,` or `]`\n"},
        Mistake{"field x = 3", "2:9: unexpected `=`, expected `:`\n"},
        Mistake{"field x: f32 |> 3", "2:17: the right side of `|>` is a number, expected a name or a call\n"},
        Mistake{"batch = 64 epochs = 3", "2:12: unexpected `epochs`, expected end of line\n"},
        Mistake{"let y = f(a\nlet z = 3", "2:10: unclosed `(`\n"}));

INSTANTIATE_TEST_SUITE_P(
    Words, InBody,
    testing::Values(
        Mistake{"a && b", "2:3: unexpected character `&&`\n"},
        Mistake{"a $ b", "2:3: unexpected character `$`\n"},
        Mistake{"'a'", "2:1: unexpected character `'`\n2:3: unexpected character `'`\n"},
        Mistake{"\"abc", "2:1: string without its closing `\"`\n"},
        Mistake{"\"abc\\\"", "2:1: string without its closing `\"`\n"},
        Mistake{"\"a\\qb\"", "2:3: unknown escape `\\q`, expected `\\\"`, `\\\\`, `\\n` or `\\t`\n"},
        Mistake{"\"a\\\xC3\xA4\"",
                "2:3: unknown escape `\\\xC3\xA4`, expected `\\\"`, `\\\\`, `\\n` or `\\t`\n"},
        Mistake{"9223372036854775808",
                "2:1: integer `9223372036854775808` is larger than 9223372036854775807\n"},
        Mistake{"1e999", "2:1: number `1e999` is larger than the largest double, about 1.8e308\n"},
        Mistake{"1e999deg", "2:1: number `1e999deg` is larger than the largest double, about 1.8e308\n"},
        Mistake{
            "10dge",
            "2:3: unknown unit `dge`, expected `%`, `deg`, `rad`, `sd`, `iqr`, `ms`, `s`, `min` or `h`\n"},
        Mistake{"\xC3\xA4 = 1", "2:1: unexpected character `\xC3\xA4`\n"},
        Mistake{"\"\xC3\xA4\xC3\xA4\" b", "2:6: unexpected `b`, expected end of line\n"}));

TEST(SyntaxErrors, SeveralInTheOrderOfTheText) {
  EXPECT_EQ(errors("hyper a: = 1\n"
                   "network A(x) {\n"
                   "  let y = x +* 2\n"
                   "  if y { 3 4 } else { 5 5 }\n"
                   "  y $ 1\n"
                   "}\n"
                   "train t on { minimize }\n"
                   "fn g() { 1 1 }\n"),
            "1:10: unexpected `=`, expected a type\n"
            "3:14: unexpected `*`, expected an expression\n"
            "4:12: unexpected `4`, expected end of line\n"
            "4:25: unexpected `5`, expected end of line\n"
            "5:5: unexpected character `$`\n"
            "7:12: unexpected `{`, expected a name\n"
            "8:12: unexpected `1`, expected end of line\n");
}

TEST(SyntaxErrors, AMissingBraceIsNotBlamedOnTheNextDeclaration) {
  EXPECT_EQ(errors("fn f() {\n  x\n\nfn g() { 1 1 }\n"), "1:8: unclosed `{`\n");
  EXPECT_EQ(errors("fn f(x {\n  x\n}\n\nfn g() {\n 1 1\n}\n"),
            "1:5: unclosed `(`\n6:4: unexpected `1`, expected end of line\n");
}

TEST(SyntaxErrors, EndAfterTwenty) {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "a b\n";
  Parsed parsed(inBody(text));
  EXPECT_EQ(parsed.diagnostics.errorCount(), limits::syntaxErrors);
}

TEST(SyntaxErrors, ASuggestionWhereOneIsKnown) {
  EXPECT_NE(Parsed(inBody("if a = b { c }")).console().find("did you mean `==`?"), std::string::npos);
  EXPECT_NE(Parsed(inBody("a || b")).console().find("did you mean `or`?"), std::string::npos);
  EXPECT_NE(Parsed(inBody("rotate(10dge)")).console().find("did you mean `deg`?"), std::string::npos);
}

} // namespace nn::test
