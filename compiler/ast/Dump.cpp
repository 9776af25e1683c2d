// The tree for `--emit=ast`: one node a line, two spaces per level, written types and names on the node's own
// line.
#include "compiler/ast/Precedence.h"
#include "compiler/ast/Printer.h"
#include "compiler/ast/SourceText.h"

namespace nn::ast {

using llvm::cast;
using llvm::isa;

namespace {

class Dumper {
public:
  explicit Dumper(llvm::raw_ostream &out) : out(out) {}

  void dump(const Decl &decl);

private:
  // A line, and what `children` writes one level below it.
  template <typename Children> void node(const std::string &line, Children children) {
    out.indent(2 * level) << line << '\n';
    ++level;
    children();
    --level;
  }
  void leaf(const std::string &line) {
    node(line, [] {});
  }

  void doc(const std::string &text);
  void dump(const Stmt &stmt);
  void dumpTraining(const Stmt &stmt);
  void dump(const Expr &expr);
  void dump(const Block &block) { all(block.statements); }
  void dump(const char *role, const Block &block) {
    node(role, [&] { dump(block); });
  }
  void dump(const char *role, const Expr &expr) {
    node(role, [&] { dump(expr); });
  }
  void dump(const Binding &binding) {
    named("Binding", binding.name, binding.type.get(), binding.value.get());
  }
  void dump(const char *role, const std::vector<Parameter> &parameters);
  void dump(const Subscript &subscript);
  void named(const std::string &word, const Name &name, const TypeExpr *type, const Expr *value);
  void module(const ModuleDecl &decl);
  void ifNode(const IfExpr &expr);
  void scan(const ScanExpr &expr);
  template <typename Pointers> void all(const Pointers &pointers) {
    for (const auto &each : pointers)
      dump(*each);
  }

  llvm::raw_ostream &out;
  unsigned level = 0;
};

std::string typeSuffix(const TypeExpr *type) { return type ? ": " + toString(*type) : ""; }

std::string resultSuffix(const std::vector<TypePtr> &results, bool isTuple) {
  std::string list;
  for (const TypePtr &type : results)
    list += (list.empty() ? "" : ", ") + toString(*type);
  if (results.empty())
    return "";
  return " -> " + (isTuple ? "(" + list + ")" : list);
}

std::string nameSuffix(const std::optional<Name> &name) { return name ? " " + name->text : ""; }

void Dumper::doc(const std::string &text) {
  if (text.empty())
    return;
  StringExpr quoted({});
  quoted.value = text;
  leaf("Doc " + toString(quoted));
}

void Dumper::named(const std::string &word, const Name &name, const TypeExpr *type, const Expr *value) {
  node(word + " " + name.text + typeSuffix(type), [&] {
    if (value)
      dump(*value);
  });
}

void Dumper::dump(const char *role, const std::vector<Parameter> &parameters) {
  node(role, [&] {
    for (const Parameter &parameter : parameters)
      named("Parameter", parameter.name, parameter.type.get(), parameter.value.get());
  });
}

void Dumper::module(const ModuleDecl &decl) {
  static const char *const words[] = {"Layer ", "Network ", "Loss ", "Metric ", "Initializer "};
  std::string word = words[static_cast<size_t>(decl.module)];
  node(word + decl.name.text + resultSuffix(decl.results, decl.resultIsTuple), [&] {
    doc(decl.doc);
    if (decl.construction)
      dump("Construction", *decl.construction);
    dump("Data", decl.data);
    dump("Body", decl.body);
  });
}

void Dumper::dump(const Decl &decl) {
  if (decl.kind == Decl::Kind::Module)
    return module(*cast<ModuleDecl>(&decl));
  auto body = [&](const std::string &line, auto children) {
    node(line, [&] {
      doc(decl.doc);
      children();
    });
  };
  switch (decl.kind) {
  case Decl::Kind::Hyper: {
    auto *hyper = cast<HyperDecl>(&decl);
    return body("Hyper " + decl.name.text + typeSuffix(hyper->type.get()), [&] {
      dump(*hyper->value);
      if (hyper->range)
        dump("In", *hyper->range);
    });
  }
  case Decl::Kind::Data:
    return body("Data " + decl.name.text, [&] { dump(cast<DataDecl>(&decl)->body); });
  case Decl::Kind::Function: {
    auto *function = cast<FunctionDecl>(&decl);
    return body("Function " + decl.name.text + resultSuffix(function->results, function->resultIsTuple), [&] {
      dump("Data", function->parameters);
      dump("Body", function->body);
    });
  }
  case Decl::Kind::Optimizer: {
    auto *optimizer = cast<OptimizerDecl>(&decl);
    return body("Optimizer " + decl.name.text, [&] {
      dump("Construction", optimizer->construction);
      dump("Data", optimizer->data);
      dump("Body", optimizer->body);
    });
  }
  case Decl::Kind::Environment: {
    auto *environment = cast<EnvironmentDecl>(&decl);
    return body("Environment " + decl.name.text, [&] {
      dump("Construction", environment->parameters);
      dump("Body", environment->body);
    });
  }
  case Decl::Kind::Train: {
    auto *train = cast<TrainDecl>(&decl);
    std::string on = train->data.empty() ? "" : " on " + namesOf(train->data);
    return body("Train " + decl.name.text + on, [&] { dump(train->body); });
  }
  case Decl::Kind::Predict:
    return body("Predict", [&] { dump(*cast<PredictDecl>(&decl)->value); });
  case Decl::Kind::Select: {
    auto *select = cast<SelectDecl>(&decl);
    return body("Select " + decl.name.text + " of " + select->of.text, [&] { dump(*select->with); });
  }
  default: // an import reads the same in both forms
    return body("Import" + SourceText().of(decl).rendered(SIZE_MAX).substr(6), [] {});
  }
}

void Dumper::dump(const Stmt &stmt) {
  doc(stmt.doc);
  switch (stmt.kind) {
  case Stmt::Kind::Let: {
    auto *let = cast<LetStmt>(&stmt);
    std::string names = let->isPattern ? "(" + namesOf(let->names) + ")" : namesOf(let->names);
    return node("Let " + names + typeSuffix(let->type.get()), [&] { dump(*let->value); });
  }
  case Stmt::Kind::Param:
    return node("Param", [&] { dump(cast<ParamStmt>(&stmt)->binding); });
  case Stmt::Kind::State:
    return node("State", [&] {
      for (const Binding &each : cast<StateStmt>(&stmt)->bindings)
        dump(each);
    });
  case Stmt::Kind::Action:
    return node("Action", [&] { dump(cast<ActionStmt>(&stmt)->binding); });
  case Stmt::Kind::Column: {
    static const char *const roles[] = {"Field ", "Column ", "Target "};
    auto *column = cast<ColumnStmt>(&stmt);
    return node(roles[static_cast<size_t>(column->role)] + column->name.text + typeSuffix(column->type.get()),
                [&] { all(column->steps); });
  }
  case Stmt::Kind::Augment:
    return node("Augment " + cast<AugmentStmt>(&stmt)->name.text,
                [&] { all(cast<AugmentStmt>(&stmt)->steps); });
  case Stmt::Kind::For: {
    auto *loop = cast<ForStmt>(&stmt);
    return node("For " + loop->variable.text, [&] {
      dump("In", *loop->range);
      dump("Body", loop->body);
    });
  }
  case Stmt::Kind::Assign:
    return node("Assign " + cast<AssignStmt>(&stmt)->target.text,
                [&] { dump(*cast<AssignStmt>(&stmt)->value); });
  case Stmt::Kind::Yield:
    return dump("Yield", *cast<YieldStmt>(&stmt)->value);
  case Stmt::Kind::Expression:
    return dump("Expression", *cast<ExprStmt>(&stmt)->value);
  default:
    return dumpTraining(stmt);
  }
}

void Dumper::dumpTraining(const Stmt &stmt) {
  switch (stmt.kind) {
  case Stmt::Kind::Minimize: {
    auto *minimize = cast<MinimizeStmt>(&stmt);
    return node("Minimize" + nameSuffix(minimize->name), [&] {
      dump(*minimize->objective);
      for (const ParameterGroup &group : minimize->groups) {
        if (!group.over.empty())
          node("Over", [&] { all(group.over); });
        dump("With", *group.optimizer);
      }
    });
  }
  case Stmt::Kind::Measure:
    return node("Measure" + nameSuffix(cast<MeasureStmt>(&stmt)->name),
                [&] { dump(*cast<MeasureStmt>(&stmt)->value); });
  case Stmt::Kind::Observe:
    return dump("Observe", *cast<ObserveStmt>(&stmt)->value);
  case Stmt::Kind::Start: {
    auto *start = cast<StartStmt>(&stmt);
    return node("Start", [&] {
      dump(*start->what);
      if (start->from)
        dump("From", *start->from);
    });
  }
  default: {
    auto *freeze = cast<FreezeStmt>(&stmt);
    return node("Freeze", [&] {
      all(freeze->what);
      if (freeze->duration)
        node("For" + nameSuffix(freeze->unit), [&] { dump(*freeze->duration); });
    });
  }
  }
}

void Dumper::ifNode(const IfExpr &expr) {
  node("If", [&] {
    dump(*expr.condition);
    dump("Then", expr.then);
    if (expr.otherwise)
      dump(expr.isElseIf ? "ElseIf" : "Else", *expr.otherwise);
  });
}

void Dumper::scan(const ScanExpr &expr) {
  std::string line =
      "Scan " + namesOf(expr.elements) + " along " + expr.axis.text + (expr.reverse ? " reverse" : "");
  node(line, [&] {
    node("In", [&] { all(expr.sequences); });
    if (expr.reverseIf)
      node("ReverseIf", [&] { dump(*expr.reverseIf); });
    for (const Binding &each : expr.carried)
      dump(each);
    dump("Body", expr.body);
  });
}

void Dumper::dump(const Subscript &subscript) {
  if (subscript.kind == Subscript::Kind::Ellipsis)
    return leaf("...");
  if (subscript.kind == Subscript::Kind::Single)
    return dump(*subscript.begin);
  node("Range", [&] {
    if (subscript.begin)
      dump("From", *subscript.begin);
    if (subscript.end)
      dump("To", *subscript.end);
  });
}

void Dumper::dump(const Expr &expr) {
  switch (expr.kind) {
  case Expr::Kind::Call: {
    auto *call = cast<CallExpr>(&expr);
    return node("Call", [&] {
      dump(*call->callee);
      for (const Argument &argument : call->arguments)
        node("Argument" + nameSuffix(argument.name), [&] { dump(*argument.value); });
    });
  }
  case Expr::Kind::Index: {
    auto *index = cast<IndexExpr>(&expr);
    return node("Index", [&] {
      dump(*index->base);
      for (const Subscript &subscript : index->subscripts)
        dump(subscript);
    });
  }
  case Expr::Kind::Member:
    return node("Member " + cast<MemberExpr>(&expr)->member.text,
                [&] { dump(*cast<MemberExpr>(&expr)->base); });
  case Expr::Kind::Unary: {
    auto *unary = cast<UnaryExpr>(&expr);
    return dump(unary->op == UnaryOperator::Not ? "Unary not" : "Unary -", *unary->operand);
  }
  case Expr::Kind::Binary: {
    auto *binary = cast<BinaryExpr>(&expr);
    return node(std::string("Binary ") + spelling(binary->op), [&] {
      dump(*binary->left);
      dump(*binary->right);
    });
  }
  case Expr::Kind::If:
    return ifNode(*cast<IfExpr>(&expr));
  case Expr::Kind::Scan:
    return scan(*cast<ScanExpr>(&expr));
  case Expr::Kind::Tuple:
    return node("Tuple", [&] { all(cast<TupleExpr>(&expr)->elements); });
  case Expr::Kind::List:
    return node("List", [&] { all(cast<ListExpr>(&expr)->elements); });
  case Expr::Kind::Name:
    return leaf("Name " + cast<NameExpr>(&expr)->name);
  case Expr::Kind::Number:
    return leaf("Number " + cast<NumberExpr>(&expr)->text);
  case Expr::Kind::Quantity:
    return leaf("Quantity " + cast<QuantityExpr>(&expr)->text);
  case Expr::Kind::String:
    return leaf("String " + toString(expr));
  case Expr::Kind::Boolean:
    return leaf("Boolean " + toString(expr));
  case Expr::Kind::Share:
    return leaf("Share " + toString(expr));
  }
}

} // namespace

void dump(const File &file, llvm::raw_ostream &out) {
  for (const DeclPtr &decl : file.declarations)
    Dumper(out).dump(*decl);
}

} // namespace nn::ast
