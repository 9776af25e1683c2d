// Arithmetic on values that are known when compiling: whole numbers with checks, floats in double, sizes.
#ifndef NN_SEMA_NUMBERS_H
#define NN_SEMA_NUMBERS_H

#include "compiler/sema/Evaluator.h"

namespace nn::sema {

// The result, a poisoned one if it is an error, or nothing if an operand is a tensor.
std::optional<Value> foldBinary(Evaluator &evaluator, ast::BinaryOperator op, const Value &left,
                                const Value &right, Location where);

// Shares, angles in radians and times in seconds are numbers; the other units measure data.
std::optional<double> plainNumber(double number, const std::string &unit);

} // namespace nn::sema
#endif
