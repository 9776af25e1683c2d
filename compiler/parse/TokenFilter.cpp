// One pass. Brackets that do not fit are repaired by inserting the missing closer, so that the parser meets
// balanced input and one mistake stays one message.
#include "compiler/parse/TokenFilter.h"
#include <algorithm>

namespace nn::parsing {

namespace {

TokenPtr makeToken(size_t kind, const std::string &text, size_t start, size_t stop, size_t line) {
  auto token = std::make_unique<antlr4::CommonToken>(kind, text);
  token->setStartIndex(start);
  token->setStopIndex(stop);
  token->setLine(line);
  return token;
}

} // namespace

void TokenFilter::emit(TokenPtr token) {
  depth.take(token->getType(), endsOperand(last()));
  output.push_back(std::move(token));
}

void TokenFilter::emitEnd(const char *text, size_t start, size_t stop, size_t line) {
  if (!atStatementStart())
    emit(makeToken(Kinds::END, text, start, stop, line));
}

bool TokenFilter::endsStatementBefore(const Lexed &next) const {
  if (!next.firstOnLine || output.empty() || (!open.empty() && open.back().kind != Kinds::LBRACE))
    return false;
  return !continuesAfter(last()) && !continuesBefore(next.token->getType());
}

// Two names in a row behind a declaration's word fit nowhere inside brackets: somebody forgot to close them.
bool TokenFilter::beginsDeclarationInsideBrackets(size_t index) const {
  return !open.empty() && input[index].firstOnLine && isDeclarationWord(input[index].token->getType()) &&
         index + 1 < input.size() && isName(input[index + 1].token->getType());
}

bool TokenFilter::beginsStatementInsideParentheses(size_t index) const {
  return !open.empty() && open.back().kind != Kinds::LBRACE && input[index].firstOnLine &&
         beginsStatement(input[index].token->getType());
}

void TokenFilter::closeInnermost(const antlr4::Token &before, const std::string &label) {
  Bracket bracket = open.back();
  size_t start = before.getStartIndex(), line = before.getLine();
  reporter.distrustLine(line);
  reporter.distrustLine(bracket.line);
  reporter.report(DiagnosticKind::UnclosedBracket, bracket.where, {spelling(bracket.kind)})
      .label(map.of(&before), label);
  if (bracket.kind == Kinds::LBRACE)
    emitEnd("end of block", start, start - 1, line);
  open.pop_back();
  size_t closer = closerOf(bracket.kind);
  emit(makeToken(closer, spelling(closer), start, start - 1, line));
}

// Either of `)` and `]` was meant to close the other's opener; any other lone closer is dropped.
void TokenFilter::takeUnmatched(const antlr4::Token &token) {
  auto builder =
      reporter.report(DiagnosticKind::UnmatchedBracket, map.of(&token), {spelling(token.getType())});
  reporter.distrustLine(token.getLine());
  if (open.empty() || open.back().kind == Kinds::LBRACE || token.getType() == Kinds::RBRACE)
    return;
  size_t closer = closerOf(open.back().kind);
  builder.label(open.back().where, std::string("this needs a `") + spelling(closer) + "`");
  open.pop_back();
  emit(makeToken(closer, spelling(closer), token.getStartIndex(), token.getStopIndex(), token.getLine()));
}

// A closer that fits some open bracket closes those inside it too.
void TokenFilter::takeCloser(TokenPtr token) {
  auto fits = [&](const Bracket &bracket) { return closerOf(bracket.kind) == token->getType(); };
  if (std::none_of(open.begin(), open.end(), fits))
    return takeUnmatched(*token);
  std::string text = spelling(token->getType());
  while (!fits(open.back()))
    closeInnermost(*token, "before this `" + text + "`");
  if (token->getType() == Kinds::RBRACE)
    emitEnd("`}`", token->getStartIndex(), token->getStopIndex(), token->getLine());
  open.pop_back();
  emit(std::move(token));
}

// A soft word is a keyword where it begins a declaration, or begins a statement and a name follows.
void TokenFilter::resolveWord(size_t index) {
  antlr4::Token &token = *input[index].token;
  size_t kind = token.getType();
  bool isSoft = isSoftDeclarationWord(kind) || isStatementWord(kind);
  if (!isSoft)
    return;
  bool nameFollows = index + 1 < input.size() && isName(input[index + 1].token->getType());
  bool isKeyword = atStatementStart() && (open.empty() ? isSoftDeclarationWord(kind) || nameFollows
                                                       : isStatementWord(kind) && nameFollows);
  if (!isKeyword)
    static_cast<antlr4::CommonToken &>(token).setType(Kinds::IDENT);
}

bool TokenFilter::isWithinLimits(const antlr4::Token &token) {
  if (depth.nesting() > limits::nesting) {
    reporter.report(DiagnosticKind::NestedTooDeeply, map.of(&token), {std::to_string(limits::nesting)});
    return false;
  }
  if (depth.height() > limits::height) {
    reporter.report(DiagnosticKind::StatementTooLong, map.of(&token), {std::to_string(limits::height)});
    return false;
  }
  return true;
}

// A block never begins a statement: the `{` was meant for the line before.
void TokenFilter::takeEndOfLine(const Lexed &next) {
  if (next.token->getType() == Kinds::LBRACE && !atStatementStart()) {
    reporter.report(DiagnosticKind::BraceOnNextLine, map.of(next.token.get()));
    reporter.distrustLine(next.token->getLine());
    return;
  }
  size_t end = output.back()->getStopIndex() + 1;
  emitEnd("end of line", end, end - 1, output.back()->getLine());
}

void TokenFilter::take(size_t index) {
  Lexed &next = input[index];
  if (beginsDeclarationInsideBrackets(index))
    while (!open.empty())
      closeInnermost(*next.token, "before this declaration");
  while (beginsStatementInsideParentheses(index))
    closeInnermost(*next.token, "before this statement");
  if (endsStatementBefore(next))
    takeEndOfLine(next);
  resolveWord(index);
  size_t kind = next.token->getType();
  if (isCloser(kind))
    return takeCloser(std::move(next.token));
  if (isOpener(kind))
    open.push_back({kind, map.of(next.token.get()), next.token->getLine()});
  emit(std::move(next.token));
}

std::vector<TokenPtr> TokenFilter::run() {
  for (size_t i = 0; i < input.size(); ++i) {
    size_t before = output.size();
    take(i);
    if (output.size() > before && !isWithinLimits(*output.back()))
      return {};
  }
  size_t end = output.empty() ? 0 : output.back()->getStopIndex() + 1;
  size_t line = output.empty() ? 1 : output.back()->getLine();
  TokenPtr endOfFile = makeToken(antlr4::Token::EOF, "<EOF>", end, end - 1, line);
  while (!open.empty())
    closeInnermost(*endOfFile, "before the end of the file");
  emitEnd("end of file", end, end - 1, line);
  output.push_back(std::move(endOfFile));
  return std::move(output);
}

} // namespace nn::parsing
