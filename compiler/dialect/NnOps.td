// All ops of the nn dialect, a file for each family.
#ifndef NN_OPS_TD
#define NN_OPS_TD

include "compiler/dialect/ops/Elementwise.td"
include "compiler/dialect/ops/Shape.td"
include "compiler/dialect/ops/Reductions.td"
include "compiler/dialect/ops/Contractions.td"
include "compiler/dialect/ops/Lookup.td"
include "compiler/dialect/ops/Pooling.td"
include "compiler/dialect/ops/Randomness.td"
include "compiler/dialect/ops/Regions.td"

#endif
