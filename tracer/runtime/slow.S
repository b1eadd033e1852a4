/*
 * Where entries and thunks go with an edge that the thread has not seen, from a place at
 * which every register may hold an argument. The C code behind this is compiled for general
 * registers only; what calls into libc goes through call_saving_vectors().
 */
#if defined(__CET__)
#include <cet.h>
#else
#define _CET_ENDBR
#endif

	/* All that a C function may change; %rbp as the frame. */
	.macro	save
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	pushfq
	pushq	%rax
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	andq	$-16, %rsp
	.endm

	.macro	restore
	leaq	-80(%rbp), %rsp
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rdi
	popq	%rsi
	popq	%rdx
	popq	%rcx
	popq	%rax
	popfq
	popq	%rbp
	.cfi_restore %rbp
	.cfi_def_cfa %rsp, 8
	.endm

	/* Export \name, which calls \to(site, callee, where the site is) and goes back. */
	.macro	slow name, to, callee, site
	.p2align 4
	.globl	\name
	.type	\name, @function
\name:
	.cfi_startproc
	_CET_ENDBR
	save
	movq	\site(%rbp), %rdi
	movq	\callee(%rbp), %rsi
	leaq	\site(%rbp), %rdx
	callq	\to
	restore
	ret
	.cfi_endproc
	.size	\name, . - \name
	.endm

	.text
	.hidden	lane_miss
	.hidden	lane_miss_indirect
	.hidden	spans_enter
	.hidden	lane_tick
	slow	pcarch_miss, lane_miss, 8, 16
	slow	pcarch_enter_span, spans_enter, 8, 16
	slow	pcarch_tick, lane_tick, 8, 16
	/* Behind a return address into the thunk. */
	slow	pcarch_miss_indirect, lane_miss_indirect, 16, 24

	/* void call_saving_vectors(void (*function)(void *), void *argument) */
	.hidden	vector_state_mask
	.globl	call_saving_vectors
	.hidden	call_saving_vectors
	.type	call_saving_vectors, @function
	.p2align 4
call_saving_vectors:
	.cfi_startproc
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	movq	%rdi, %r8
	movq	%rsi, %rdi
	/* The standard form of x87, SSE, AVX and AVX-512 ends at 2688. */
	subq	$2752, %rsp
	andq	$-64, %rsp
	movl	vector_state_mask(%rip), %eax
	testl	%eax, %eax
	je	1f
	xorl	%edx, %edx
	.set	offset, 512
	.rept	8
	movq	%rdx, offset(%rsp)
	.set	offset, offset + 8
	.endr
	xsave64	(%rsp)
	callq	*%r8
	movl	vector_state_mask(%rip), %eax
	xorl	%edx, %edx
	xrstor64 (%rsp)
	leave
	.cfi_remember_state
	.cfi_restore %rbp
	.cfi_def_cfa %rsp, 8
	ret
	.cfi_restore_state
1:	fxsave64 (%rsp)
	callq	*%r8
	fxrstor64 (%rsp)
	leave
	.cfi_restore %rbp
	.cfi_def_cfa %rsp, 8
	ret
	.cfi_endproc
	.size	call_saving_vectors, . - call_saving_vectors

	.section .note.GNU-stack, "", @progbits
