#include "compiler/autodiff/Rules.h"

namespace nn {

const RuleTable &RuleTable::get() {
  static const RuleTable table = [] {
    RuleTable table;
    addElementwiseRules(table);
    addShapeRules(table);
    addMomentsRule(table);
    addReduceRule(table);
    addContractionRules(table);
    addLookupRules(table);
    addPoolRules(table);
    addScanRule(table);
    table.constant<ConstantOp, ExtentOp, IotaOp, RandomOp, ArgMaxOp, OneHotOp, StopGradientOp>();
    return table;
  }();
  return table;
}

} // namespace nn
