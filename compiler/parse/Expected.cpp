// A set of forty tokens that may begin an expression says nothing to a user; the groups of the grammar do.
#include "compiler/parse/Expected.h"
#include "compiler/parse/TokenKinds.h"
#include <set>

namespace nn::parsing {

using antlr4::misc::IntervalSet;

namespace {

// The parser saw more than one token before it gave up: ask where its attempts stood when they died.
IntervalSet expectedAfterLookahead(antlr4::Parser &parser, const antlr4::atn::ATNConfigSet &deadEnd) {
  IntervalSet expected;
  for (const auto &config : deadEnd.configs)
    expected.addAll(parser.getATN().nextTokens(config->state));
  return expected;
}

class Words {
public:
  explicit Words(const IntervalSet &expected) {
    for (ssize_t kind : expected.toList())
      if (kind > 0 || kind == static_cast<ssize_t>(antlr4::Token::EOF))
        kinds.insert(static_cast<size_t>(kind));
  }

  std::string sentence(const antlr4::dfa::Vocabulary &vocabulary);

private:
  bool has(size_t kind) const { return kinds.count(kind) != 0; }
  template <typename Predicate> void drop(Predicate matches) {
    for (auto kind = kinds.begin(); kind != kinds.end();)
      kind = matches(*kind) ? kinds.erase(kind) : std::next(kind);
  }
  void takeGroups();
  void takeOperators();
  void takeOne(size_t kind, const antlr4::dfa::Vocabulary &vocabulary);

  std::set<size_t> kinds;
  std::vector<std::string> words;
};

bool beginsExpression(size_t kind) {
  switch (kind) {
  case Kinds::NUMBER:
  case Kinds::QUANTITY:
  case Kinds::STRING:
  case Kinds::TRUE:
  case Kinds::FALSE:
  case Kinds::MINUS:
  case Kinds::NOT:
  case Kinds::IF:
  case Kinds::SCAN:
  case Kinds::LPAREN:
  case Kinds::LBRACKET:
    return true;
  default:
    return isName(kind);
  }
}

// Behind an operand everything may go on; the operators are worth a word only if nothing else could have
// stood there.
void Words::takeOperators() {
  if (!has(Kinds::TIMES))
    return;
  drop([](size_t kind) {
    return isBinaryOperator(kind) || kind == Kinds::LPAREN || kind == Kinds::LBRACKET || kind == Kinds::DOT;
  });
  if (kinds.empty())
    words.push_back("an operator");
}

void Words::takeGroups() {
  if (has(Kinds::IMPORT)) {
    words.push_back("a declaration");
    drop([](size_t kind) { return isDeclarationWord(kind) || kind == Kinds::END; });
  } else if (has(Kinds::LET)) {
    words.push_back("a statement");
    drop([](size_t kind) {
      return beginsExpression(kind) || beginsStatement(kind) || isStatementWord(kind) || kind == Kinds::FOR ||
             kind == Kinds::END;
    });
  } else if (has(Kinds::NUMBER)) {
    words.push_back("an expression");
    drop(beginsExpression);
  } else if (has(Kinds::IDENT)) {
    words.push_back(has(Kinds::FN) ? "a type" : "a name");
    drop([](size_t kind) { return isName(kind) || kind == Kinds::FN; });
  }
}

void Words::takeOne(size_t kind, const antlr4::dfa::Vocabulary &vocabulary) {
  if (kind == Kinds::END)
    words.push_back("end of line");
  else if (kind == antlr4::Token::EOF)
    words.push_back("end of file");
  else if (kind == Kinds::STRING)
    words.push_back("a string");
  else if (kind == Kinds::QUANTITY)
    words.push_back("a number with a unit");
  else if (std::string literal = vocabulary.getLiteralName(kind); literal.size() > 2)
    words.push_back("`" + literal.substr(1, literal.size() - 2) + "`");
}

// Signs first, then words.
std::string Words::sentence(const antlr4::dfa::Vocabulary &vocabulary) {
  takeOperators();
  takeGroups();
  for (bool isWord : {false, true})
    for (size_t kind : kinds)
      if ((isReserved(kind) || isName(kind)) == isWord)
        takeOne(kind, vocabulary);
  std::string sentence;
  for (size_t i = 0; i < words.size(); ++i)
    sentence += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return sentence.empty() ? "something else" : sentence;
}

} // namespace

IntervalSet expectedTokens(antlr4::Parser &parser, const antlr4::RecognitionException &error) {
  auto *dead = dynamic_cast<const antlr4::NoViableAltException *>(&error);
  if (dead && dead->getStartToken() != dead->getOffendingToken() && dead->getDeadEndConfigs())
    return expectedAfterLookahead(parser, *dead->getDeadEndConfigs());
  return error.getExpectedTokens();
}

std::string describeExpected(const IntervalSet &expected, const antlr4::Parser &parser) {
  return Words(expected).sentence(parser.getVocabulary());
}

} // namespace nn::parsing
