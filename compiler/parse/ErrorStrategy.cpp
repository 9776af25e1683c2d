// ANTLR calls `recover` in each rule an exception passes; only `line` and `entry`, which own an END, stop it
// there. The filter guarantees balanced brackets and an END before each `}`, so counting brackets finds the
// right END.
#include "compiler/parse/ErrorStrategy.h"
#include "compiler/basic/Suggestion.h"
#include "compiler/parse/Expected.h"
#include "compiler/parse/TokenKinds.h"

namespace nn::parsing {

using grammar::NNParser;

namespace {

// To the END of the statement the parser is in. A `(` or `[` opened before is closed on the way.
void skipToEnd(antlr4::Parser &parser) {
  unsigned depth = 0;
  for (size_t kind = parser.getInputStream()->LA(1); kind != antlr4::Token::EOF;
       kind = parser.getInputStream()->LA(1)) {
    if (kind == Kinds::END && depth == 0)
      return;
    if (isOpener(kind))
      ++depth;
    else if (isCloser(kind) && depth > 0)
      --depth;
    parser.consume();
  }
}

bool isLoop(size_t stateType) {
  return stateType == antlr4::atn::ATNState::STAR_LOOP_ENTRY ||
         stateType == antlr4::atn::ATNState::STAR_LOOP_BACK;
}

bool isChoice(size_t stateType) {
  using antlr4::atn::ATNState;
  return isLoop(stateType) || stateType == ATNState::BLOCK_START || stateType == ATNState::STAR_BLOCK_START ||
         stateType == ATNState::PLUS_BLOCK_START || stateType == ATNState::PLUS_LOOP_BACK;
}

bool isOwnerOfEnds(size_t rule) { return rule == NNParser::RuleLine || rule == NNParser::RuleEntry; }

bool isListOfStatements(size_t rule) { return rule == NNParser::RuleBlock || rule == NNParser::RuleProgram; }

// Where `=` can only have meant `==`: in an expression, or between a condition and its block.
bool isInsideExpression(const antlr4::ParserRuleContext &context) {
  size_t rule = context.getRuleIndex();
  if (rule == NNParser::RuleBlock && context.parent)
    rule = static_cast<antlr4::ParserRuleContext *>(context.parent)->getRuleIndex();
  return rule == NNParser::RuleIfExpr || rule == NNParser::RuleExpr || rule == NNParser::RuleArgs;
}

} // namespace

namespace {

// What was missing decides what a user looks up.
DiagnosticKind kindOf(size_t found, const std::string &expected) {
  auto begins = [&](const char *words) { return expected.rfind(words, 0) == 0; };
  if (begins("a declaration"))
    return DiagnosticKind::NotADeclaration;
  if (begins("an expression") || begins("a statement"))
    return DiagnosticKind::MissingExpression;
  if (begins("a type"))
    return DiagnosticKind::MissingType;
  if (begins("a name"))
    return isReserved(found) ? DiagnosticKind::ReservedWord : DiagnosticKind::MissingName;
  if (expected == "end of line")
    return DiagnosticKind::TwoStatements;
  if (begins("`,`"))
    return DiagnosticKind::MissingComma;
  return DiagnosticKind::SyntaxError;
}

} // namespace

namespace {

std::string literalOf(const antlr4::Parser &parser, size_t kind) {
  std::string quoted = parser.getVocabulary().getLiteralName(kind);
  return quoted.size() > 2 ? quoted.substr(1, quoted.size() - 2) : "";
}

// The word of the grammar that a name was meant to be, of those that could have stood there.
std::string meantWord(const antlr4::Parser &parser, const antlr4::Token &name, bool (*could)(size_t)) {
  constexpr size_t shortest = 4; // shorter words are near to any other
  std::vector<std::string> words;
  for (size_t kind = Kinds::DATA; kind <= Kinds::FALSE; ++kind)
    if (std::string word = literalOf(parser, kind); could(kind) && word.size() >= shortest)
      words.push_back(word);
  return name.getType() == Kinds::IDENT ? closest(name.getText(), words) : "";
}

bool canBeginStatement(size_t kind) { return beginsStatement(kind) || isStatementWord(kind); }

// `minimise f(x)`: the name that a statement begins with when another follows it. Null where it is otherwise.
antlr4::Token *firstOfTwoNames(antlr4::Parser &parser, const antlr4::Token &found) {
  size_t place = found.getTokenIndex();
  if (place < 2 || !isName(found.getType()))
    return nullptr;
  size_t before = parser.getTokenStream()->get(place - 2)->getType();
  antlr4::Token *first = parser.getTokenStream()->get(place - 1);
  return (before == Kinds::END || before == Kinds::LBRACE) && isName(first->getType()) ? first : nullptr;
}

} // namespace

antlr4::Token *ErrorStrategy::recoverInline(antlr4::Parser *parser) {
  throw antlr4::InputMismatchException(parser);
}

void ErrorStrategy::recover(antlr4::Parser *parser, std::exception_ptr error) {
  if (!isOwnerOfEnds(parser->getContext()->getRuleIndex()))
    std::rethrow_exception(error);
  skipToEnd(*parser);
  if (parser->getInputStream()->LA(1) == Kinds::END)
    parser->consume();
  recovering = false;
}

// Called before each optional part and each turn of a loop. Failing here rather than at the next fixed token
// keeps the optional parts among what was expected. A loop over statements goes on behind the bad one.
void ErrorStrategy::sync(antlr4::Parser *parser) {
  if (recovering)
    return;
  antlr4::atn::ATNState *state = parser->getATN().states[parser->getState()];
  const antlr4::misc::IntervalSet &next = parser->getATN().nextTokens(state);
  size_t kind = parser->getInputStream()->LA(1);
  if (next.contains(size_t(antlr4::Token::EPSILON)) || next.contains(kind) ||
      !isChoice(state->getStateType()))
    return;
  if (!isLoop(state->getStateType()) || !isListOfStatements(parser->getContext()->getRuleIndex()))
    throw antlr4::InputMismatchException(parser);
  report(*parser, *parser->getCurrentToken(), next);
  skipToEnd(*parser);
}

void ErrorStrategy::reportError(antlr4::Parser *parser, const antlr4::RecognitionException &error) {
  if (recovering)
    return;
  recovering = true;
  report(*parser, *error.getOffendingToken(), expectedTokens(*parser, error));
}

void ErrorStrategy::report(antlr4::Parser &parser, const antlr4::Token &found,
                           const antlr4::misc::IntervalSet &expected) {
  if (!reporter.isTrusted(found.getLine()))
    return;
  if (antlr4::Token *first = firstOfTwoNames(parser, found))
    if (std::string word = meantWord(parser, *first, canBeginStatement); !word.empty()) {
      reporter.report(DiagnosticKind::NotAStatement, map.of(first), {describe(first)}).suggest(word);
      return stopIfExhausted();
    }
  std::string words = describeExpected(expected, parser);
  bool isComparison = found.getType() == Kinds::ASSIGN && isInsideExpression(*parser.getContext());
  DiagnosticKind kind =
      isComparison ? DiagnosticKind::AssignmentInExpression : kindOf(found.getType(), words);
  auto builder = reporter.report(kind, map.of(&found), {describe(&found), words});
  if (isComparison)
    builder.suggest("==");
  else if (kind == DiagnosticKind::NotADeclaration)
    builder.suggest(meantWord(parser, found, isDeclarationWord));
  stopIfExhausted();
}

void ErrorStrategy::stopIfExhausted() const {
  if (reporter.isExhausted())
    throw antlr4::ParseCancellationException();
}

} // namespace nn::parsing
