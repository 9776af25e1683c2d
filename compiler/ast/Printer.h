// The AST back as text: canonical `.nn` source, and an indented tree for `--emit=ast`.
#ifndef NN_AST_PRINTER_H
#define NN_AST_PRINTER_H

#include "compiler/ast/Decl.h"
#include "llvm/Support/raw_ostream.h"

namespace nn::ast {

// Source in the canonical layout: two spaces, one statement a line, at most 120 columns, all comments kept.
// Parsing it gives the same AST again, and printing that the same text.
void print(const File &file, llvm::raw_ostream &out);

// One expression or type on one line (an `if` or `scan` with a long body takes more), for messages and the
// tree.
std::string toString(const Expr &expr);
std::string toString(const TypeExpr &type);

// What a layer, loss, function, … is called and takes, without its body; of a `hyper` the whole; else
// nothing.
std::string signatureOf(const Decl &decl);

// One node a line, children indented below: kinds, names and operators, no locations.
void dump(const File &file, llvm::raw_ostream &out);

} // namespace nn::ast
#endif
