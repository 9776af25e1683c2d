// Entries have the signature of the runtime's ABI, all else is internal; no kernel grows into an entry.
// RUN: nn-opt %s --nn-linalg-phase --nn-vector-phase --nn-memref-phase --nn-llvm-phase | FileCheck %s

// CHECK: llvm.func @predict(%{{.*}}: !llvm.ptr, %{{.*}}: i64 {{.*}}, %{{.*}}: i32) attributes {{.*}}no_inline{{.*}}optimize_none
// CHECK: llvm.func internal @nn.kernel.1(%{{.*}}: i64, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr) attributes {{.*}}no_inline
// CHECK-NOT: unrealized_conversion_cast
// CHECK-NOT: malloc
module attributes {nn.program = {batch = 64 : i64}} {
func.func @predict(%rows: index {nn.role = "rows"}, %x: tensor<?x16xf32> {nn.role = "field", nn.name = "x"})
    -> (tensor<?x16xf32> {nn.role = "output", nn.name = "y"}) attributes {nn.entry} {
  %y = nn.exp %x : tensor<?x16xf32>
  return %y : tensor<?x16xf32>
}
}
