// The choice between the versions of a kernel, made when it is called.
#include "compiler/lowering/OneRow.h"
#include "compiler/lowering/Nest.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace nn;

static bool multipliesRows(func::FuncOp kernel) {
  return kernel
      .walk([](linalg::GenericOp op) {
        bool found = isContraction(op) && !typeOf(op.getResult(0)).hasStaticShape();
        return found ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

SmallVector<func::FuncOp> nn::kernelsForOneRow(ModuleOp module) {
  llvm::SetVector<func::FuncOp> kernels;
  if (auto predict = module.lookupSymbol<func::FuncOp>("predict"))
    predict.walk([&](func::CallOp call) {
      auto kernel = module.lookupSymbol<func::FuncOp>(call.getCallee());
      if (kernel && kernel->hasAttr("nn.kernel") && multipliesRows(kernel))
        kernels.insert(kernel);
    });
  return kernels.takeVector();
}

KernelUse nn::chooseByRows(KernelUse many, KernelUse one, unsigned shared) {
  ImplicitLocOpBuilder b(many.target.getLoc(), many.target.getContext());
  SmallVector<Type> types(many.target.getArgumentTypes());
  llvm::append_range(types, one.target.getArgumentTypes().drop_front(shared));
  b.setInsertionPointAfter(many.target);
  auto chooser = func::FuncOp::create(b, many.target.getName(), b.getFunctionType(types, {}));
  chooser.setPrivate();
  chooser->setDiscardableAttrs(many.target->getDiscardableAttrDictionary());
  for (unsigned argument = 0; argument < many.target.getNumArguments(); ++argument)
    chooser.setArgAttrs(argument, many.target.getArgAttrDict(argument));
  one.target.setName((many.target.getName() + ".one").str());
  many.target.setName((many.target.getName() + ".many").str());

  b.setInsertionPointToStart(chooser.addEntryBlock());
  ValueRange arguments = chooser.getArguments();
  Value isOne = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, arguments.front(),
                                      arith::ConstantIndexOp::create(b, 1));
  auto choice = scf::IfOp::create(b, isOne, true);
  func::ReturnOp::create(b);
  b.setInsertionPoint(choice.thenYield());
  SmallVector<Value> operands(arguments.take_front(shared));
  llvm::append_range(operands, arguments.drop_front(many.target.getNumArguments()));
  func::CallOp::create(b, one.target, operands);
  b.setInsertionPoint(choice.elseYield());
  func::CallOp::create(b, many.target, arguments.take_front(many.target.getNumArguments()));

  KernelUse use = {chooser, many.inPlace};
  llvm::erase_if(use.inPlace, [&](auto &pair) { return !llvm::is_contained(one.inPlace, pair); });
  return use;
}
