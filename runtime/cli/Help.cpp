#include "runtime/cli/Help.h"
#include "runtime/train/Hypers.h"

#include <algorithm>

using namespace nnrt;

namespace {

constexpr size_t lineWidth = 80;
constexpr size_t textColumn = 22; // where what a word means begins

// The words of a text in lines that end before `lineWidth`, those after the first behind `indent` blanks.
std::string wrapped(const std::string &text, size_t column, size_t indent) {
  std::string lines;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = std::min(text.find(' ', begin), text.size());
    if (column + 1 + end - begin > lineWidth && column > indent) {
      lines += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (begin > 0) {
      lines += " ";
      ++column;
    }
    lines.append(text, begin, end - begin);
    column += end - begin;
    begin = end + 1;
  }
  return lines;
}

std::string entry(const std::string &word, const std::string &meaning) {
  std::string line = "  " + word;
  if (line.size() + 2 > textColumn)
    line += "\n" + std::string(textColumn, ' ');
  else
    line.resize(textColumn, ' ');
  return line + wrapped(meaning, textColumn, textColumn) + "\n";
}

std::string optionHelp(const OptionForm &form) {
  return entry(std::string(form.name) + (form.value ? std::string(" ") + form.value : ""), form.help);
}

std::string commandHelp(const CommandForm &form, const std::string &executable, const nn_program &program) {
  std::string text = wrapped(form.help, 0, 0) + "\n\nusage: " + executable + " " + form.name;
  if (form.input)
    text += std::string(" [") + form.input + "]";
  text += " [options]\n\n";
  if (form.input)
    text += entry(form.input, form.inputHelp) + "\n";
  text += "options:\n";
  bool takesHypers = false;
  for (const OptionForm &option : optionForms())
    if (belongsTo(option, form.command)) {
      text += optionHelp(option);
      takesHypers |= std::string(option.name) == "--set";
    }
  text += entry("-h, --help", "this page");
  return takesHypers && program.hyper_count > 0 ? text + "\n" + hyperHelp(program) : text;
}

std::string programHelp(const std::string &executable, const nn_program &program) {
  std::string text = std::string("The network program `") + program.name + "`, compiled by " +
                     program.compiler + ".\n\nusage: " + executable + " COMMAND [options]\n\ncommands:\n";
  for (const CommandForm &form : commandForms())
    text +=
        entry(std::string(form.name) + (form.input ? std::string(" [") + form.input + "]" : ""), form.help);
  text += "\noptions:\n" + entry("-h, --help", "this page; behind a command, what it takes") +
          entry("--version", "versions");
  if (program.hyper_count > 0)
    text += "\n" + hyperHelp(program);
  return text + "\nexit status: 0 done, 2 wrong usage, 3 bad data or weights, 4 the loss diverged,\n"
                "5 a file cannot be written, 70 a fault of the program, 130 interrupted\n";
}

} // namespace

std::string nnrt::hyperHelp(const nn_program &program) {
  if (program.hyper_count == 0)
    return "";
  std::string text = "hyperparameters (--set NAME=VALUE):\n";
  for (uint32_t i = 0; i < program.hyper_count; ++i) {
    const nn_hyper &hyper = program.hypers[i];
    std::string line = std::string("  ") + hyper.name + " = " + hyperText(hyper, hyper.value);
    if (std::string range = rangeText(hyper); !range.empty())
      line += " " + range;
    if (hyper.compiled)
      line += "  (compiled in)";
    if (hyper.doc && *hyper.doc)
      line += std::string("  ") + hyper.doc;
    text += wrapped(line, 0, 6) + "\n";
  }
  return text;
}

std::string nnrt::helpText(std::optional<Command> command, const std::string &executable,
                           const nn_program &program) {
  for (const CommandForm &form : commandForms())
    if (form.command == command)
      return commandHelp(form, executable, program);
  return programHelp(executable, program);
}
