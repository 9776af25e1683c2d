// What the calls of a `data` block can be: sources, preprocessing steps, augmentations, and the statements
// `partition` and `windows`, each with its parameters. The runtime has the code of each by the same name.
#ifndef NN_SEMA_DATA_FORMS_H
#define NN_SEMA_DATA_FORMS_H

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace nn::sema {

enum class ParameterKind {
  Text,   // a string in quotes
  Word,   // one of `words`, without quotes
  Number, // within [low, high]
  Whole,  // a whole number within [low, high]
  Flag,   // true or false
  Spread, // `3sd`, `1.5iqr`: handed on under the name of its unit
  Field,  // the name of another field
  Order,  // one of `words`, or the name of another field
  Cell    // a text or a number: what a cell of a table holds
};

struct Parameter {
  const char *name;
  ParameterKind kind;
  double low = -HUGE_VAL, high = HUGE_VAL;
  std::vector<std::string> words{};
  bool atRunTime = false; // a hyperparameter may give the number without changing the program
  bool isAngle = false;   // messages tell it in degrees
};

// What a step works on, bit by bit.
enum Subject : unsigned {
  OnValues = 1,   // a `field` of numbers
  OnNumber = 2,   // a column or target of numbers
  OnCategory = 4, // a column or target of categories
  OnClass = 8,    // classes
  OnDate = 16,    // a column of dates
  OnCells = OnNumber | OnCategory | OnClass | OnDate
};

struct Form {
  const char *name;
  std::vector<Parameter> parameters;
  size_t required = 0;   // so many parameters, the first ones, must be given
  size_t positional = 1; // so many may be given without their names
  size_t paths = 0;      // at most so many paths in quotes before them
  unsigned on = ~0u;     // Subject, of a step

  const Parameter *find(const std::string &parameter) const;
  std::vector<std::string> names() const;
};

using Forms = std::vector<Form>;
const Form *findForm(const Forms &forms, const std::string &name);

const Forms &sourceForms();
const Forms &stepForms();
const Forms &augmentForms();
const Form &partitionForm();
const Form &windowsForm();

// Words that a later version will know.
const std::vector<std::string> &laterSources();
const std::vector<std::string> &laterSteps();

} // namespace nn::sema
#endif
