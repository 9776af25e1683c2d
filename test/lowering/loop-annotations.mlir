// What is said about a loop reaches LLVM: a loop that must stay as it is is not unrolled there.
// RUN: nn-opt %s --nn-llvm-phase | FileCheck %s
// RUN: nn-opt %s --nn-llvm-phase | FileCheck %s --check-prefix=FORM

// FORM: #[[ROLLED:.*]] = #llvm.loop_unroll<disable = true>
// FORM: #[[ANNOTATION:.*]] = #llvm.loop_annotation<unroll = #[[ROLLED]]>
// CHECK-LABEL: llvm.func internal @sum
// CHECK: llvm.br {{.*}} {loop_annotation = #{{.*}}}
// CHECK-NOT: llvm.loop_annotation
// CHECK: llvm.return
#rolled = #llvm.loop_unroll<disable = true>
#annotation = #llvm.loop_annotation<unroll = #rolled>
module {
func.func private @sum(%x: memref<100xf32>, %n: index) attributes {nn.kernel} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %total = scf.for %i = %c0 to %n step %c1 iter_args(%own = %zero) -> f32 {
    %value = memref.load %x[%i] : memref<100xf32>
    %next = arith.addf %own, %value : f32
    scf.yield %next : f32
  } {llvm.loop_annotation = #annotation}
  memref.store %total, %x[%c0] : memref<100xf32>
  return
}
}
