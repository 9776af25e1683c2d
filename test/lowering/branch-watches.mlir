// Each condition of an entry becomes a branch around what it guards; loops and kernels are left to upstream.
// RUN: nn-opt %s --pass-pipeline='builtin.module(func.func(nn-branch-watches))' | FileCheck %s

// CHECK-LABEL: func.func @two_conditions
// CHECK: cf.cond_br %{{.*}}, ^[[FIRST:bb[0-9]+]], ^[[NEXT:bb[0-9]+]]
// CHECK: ^[[FIRST]]:
// CHECK: call @first()
// CHECK: cf.br ^[[NEXT]]
// CHECK: ^[[NEXT]]:
// CHECK: call @second()
// CHECK: cf.cond_br %{{.*}}, ^[[THIRD:bb[0-9]+]], ^[[END:bb[0-9]+]]
// CHECK: ^[[THIRD]]:
// CHECK: call @third()
// CHECK: cf.br ^[[END]]
// CHECK: ^[[END]]:
// CHECK-NEXT: return
func.func @two_conditions(%a: i1, %b: i1) attributes {nn.entry} {
  scf.if %a {
    func.call @first() : () -> ()
  }
  func.call @second() : () -> ()
  scf.if %b {
    func.call @third() : () -> ()
  }
  return
}

// CHECK-LABEL: func.func @kernel
// CHECK: scf.if
func.func @kernel(%a: i1) attributes {nn.kernel} {
  scf.if %a {
    func.call @first() : () -> ()
  }
  return
}

func.func private @first()
func.func private @second()
func.func private @third()
