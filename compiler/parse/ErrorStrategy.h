// How the parser goes on after a syntax error: the whole statement (or declaration) is given up and parsing
// resumes behind its end. Nothing is guessed inside it, so one mistake makes one message.
#ifndef NN_PARSE_ERRORSTRATEGY_H
#define NN_PARSE_ERRORSTRATEGY_H

#include "NNParser.h"
#include "compiler/parse/Reporter.h"
#include "compiler/parse/SourceMap.h"

namespace nn::parsing {

class ErrorStrategy : public antlr4::ANTLRErrorStrategy {
public:
  ErrorStrategy(const SourceMap &map, Reporter &reporter) : map(map), reporter(reporter) {}

  void reset(antlr4::Parser *) override { recovering = false; }
  antlr4::Token *recoverInline(antlr4::Parser *parser) override;
  void recover(antlr4::Parser *parser, std::exception_ptr error) override;
  void sync(antlr4::Parser *parser) override;
  bool inErrorRecoveryMode(antlr4::Parser *) override { return recovering; }
  void reportMatch(antlr4::Parser *) override { recovering = false; }
  void reportError(antlr4::Parser *parser, const antlr4::RecognitionException &error) override;

private:
  void report(antlr4::Parser &parser, const antlr4::Token &found, const antlr4::misc::IntervalSet &expected);

  void stopIfExhausted() const;

  const SourceMap &map;
  Reporter &reporter;
  bool recovering = false;
};

} // namespace nn::parsing
#endif
