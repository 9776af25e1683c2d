// A loop over chunks becomes a function and a call of the runtime; what it reads goes through the stack.
// RUN: nn-opt %s --nn-outline-parallel | FileCheck %s

// CHECK: func.func private @copy.chunk.0(%[[CONTEXT:.*]]: memref<1024xi64>, %[[CHUNK:.*]]: index)
// CHECK: llvm.inttoptr
// CHECK: memref.load
// CHECK-LABEL: func.func private @copy(
// CHECK: %[[STACK:.*]] = memref.alloca
// CHECK-COUNT-3: memref.store {{.*}} %[[STACK]]
// CHECK: %[[BODY:.*]] = {{.*}}constant @copy.chunk.0
// CHECK: call @nnrt_parallel_for(%[[BODY]], %[[STACK]], %{{.*}})
// CHECK-NOT: scf.forall
func.func private @copy(%rows: index, %x: memref<64xf32>, %y: memref<64xf32>) attributes {nn.kernel} {
  scf.forall (%chunk) in (%rows) {
    %at = arith.remui %chunk, %rows : index
    %value = memref.load %x[%at] : memref<64xf32>
    memref.store %value, %y[%at] : memref<64xf32>
  }
  return
}
