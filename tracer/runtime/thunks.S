/*
 * Where the compiler sends an indirect call (gcc -mindirect-branch=thunk-extern, clang
 * -mretpoline-external-thunk): part of each object that was compiled so. The target is in
 * a register, the call site on the stack. A computed goto comes here, too, with anything at
 * all on the stack, which is mostly not in the object's text, and every register in use.
 * Without a recording no text is known, and nothing is in it.
 */
#include "tracer/runtime/layout.h"
#if defined(__CET__)
#include <cet.h>
#endif

	/* \a, \b, \c: registers other than \target. */
	.macro	thunk name, target, a, b, c
	.p2align 5
	.globl	\name
	.hidden	\name
	.type	\name, @function
\name:
	.cfi_startproc
	pushq	%\a
	.cfi_adjust_cfa_offset 8
	movq	8(%rsp), %\a
	subq	pcarch_stub_text(%rip), %\a
	cmpq	pcarch_stub_text_size(%rip), %\a
	jae	9f
	pushq	%\b
	.cfi_adjust_cfa_offset 8
	pushq	%\c
	.cfi_adjust_cfa_offset 8
	movq	24(%rsp), %\a
	movq	pcarch_lane@GOTTPOFF(%rip), %\c
	leaq	(%\a,%\target,4), %\b
	imulq	$HASH_FACTOR, %\b, %\b
	shrq	$HASH_SHIFT, %\b
	andq	%fs:LANE_MASK(%\c), %\b
	addq	%fs:LANE_EDGES(%\c), %\b
1:	cmpq	%\a, (%\b)
	jne	2f
	cmpq	%\target, 8(%\b)
	jne	2f
	incq	16(%\b)
	.cfi_remember_state
	popq	%\c
	.cfi_adjust_cfa_offset -8
	popq	%\b
	.cfi_adjust_cfa_offset -8
9:	popq	%\a
	.cfi_adjust_cfa_offset -8
	jmpq	*%\target
	.cfi_restore_state
2:	cmpq	$0, (%\b)
	je	3f
	addq	$32, %\b
	jmp	1b
3:	popq	%\c
	.cfi_adjust_cfa_offset -8
	popq	%\b
	.cfi_adjust_cfa_offset -8
	popq	%\a
	.cfi_adjust_cfa_offset -8
	pushq	%\target
	.cfi_adjust_cfa_offset 8
	callq	*pcarch_miss_indirect@GOTPCREL(%rip)
	popq	%\target
	.cfi_adjust_cfa_offset -8
	jmpq	*%\target
	.cfi_endproc
	.size	\name, . - \name
	.endm

	.text
	thunk	__x86_indirect_thunk_rax, rax, rcx, rdx, r11
	thunk	__x86_indirect_thunk_rcx, rcx, rax, rdx, r11
	thunk	__x86_indirect_thunk_rdx, rdx, rax, rcx, r11
	thunk	__x86_indirect_thunk_rbx, rbx, rax, rcx, r11
	thunk	__x86_indirect_thunk_rsi, rsi, rax, rcx, r11
	thunk	__x86_indirect_thunk_rdi, rdi, rax, rcx, r11
	thunk	__x86_indirect_thunk_rbp, rbp, rax, rcx, r11
	thunk	__x86_indirect_thunk_r8, r8, rax, rcx, r11
	thunk	__x86_indirect_thunk_r9, r9, rax, rcx, r11
	thunk	__x86_indirect_thunk_r10, r10, rax, rcx, r11
	thunk	__x86_indirect_thunk_r11, r11, rax, rcx, rdx
	thunk	__x86_indirect_thunk_r12, r12, rax, rcx, r11
	thunk	__x86_indirect_thunk_r13, r13, rax, rcx, r11
	thunk	__x86_indirect_thunk_r14, r14, rax, rcx, r11
	thunk	__x86_indirect_thunk_r15, r15, rax, rcx, r11

	.section .note.GNU-stack, "", @progbits
