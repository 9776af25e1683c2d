// A walk over all bodies before anything is evaluated: unknown names, names bound twice, and values nobody
// uses are found in every declaration, applied or not, and in every branch, taken or not.
#ifndef NN_SEMA_RESOLVE_H
#define NN_SEMA_RESOLVE_H

#include "compiler/sema/Reporter.h"
#include "compiler/sema/SourceModule.h"
#include <functional>

namespace nn::sema {

// Adds the hyperparameters that a body names to `usedHypers`. `libraryImport` gives the module of the
// standard library that brings a name, which a file may have forgotten to import.
void resolve(const SourceModule &module, Reporter &reporter, std::set<const ast::Decl *> &usedHypers,
             const std::function<std::string(const std::string &)> &libraryImport);

} // namespace nn::sema
#endif
