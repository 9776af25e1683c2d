clean:
	vxorps	%xmm0, %xmm0, %xmm0
.LBB0_1:
	vmovups	(%rsi), %zmm3
	vfmadd231ps	%zmm3, %zmm2, %zmm1
	vfmadd231ps	(%rdi){1to16}, %zmm3, %zmm0
	vfmadd231ps	%zmm3, %zmm4, %zmm0
	decq	%rax
	jne	.LBB0_1
	vmovups	%zmm0, (%rdx)
	retq
.Lfunc_end0:
spilled:
.LBB1_1:
	movq	%rax, %rcx
.LBB1_2:
	vmovups	64(%rsp), %ymm3
	vfmadd231ps	%ymm3, %ymm2, %ymm0
	vmovups	%ymm2, 32(%rsp)
	vmovups	%zmm4, (%rdx) {%k1}
	decq	%rcx
	jne	.LBB1_2
	decq	%rax
	jne	.LBB1_1
	retq
.Lfunc_end1:
elementwise:
.LBB2_1:
	vmovups	(%rsi), %ymm0
	vfmadd231ps	%ymm1, %ymm2, %ymm0
	vmovups	%ymm0, (%rsi)
	decq	%rax
	jne	.LBB2_1
	retq
.Lfunc_end2:
