/*
 * Where a patched entry goes: part of each instrumented object. An edge that the thread has
 * seen is a hash, two compares and an increment; only %r11 and the flags, which are free at
 * a function's entry, come out changed.
 *
 * On the stack: the address behind the entry, which names the callee; behind it the
 * callee's own return address, which is the call site.
 */
#include "tracer/runtime/layout.h"
#if defined(__CET__)
#include <cet.h>
#endif

	/*
	 * Export \name. The runtime writes to where its displacements are, in \name's own
	 * code, where the thread's lane is: two loads less.
	 */
	.macro	enter name, mask, edges, is_timed
	.text
	.p2align 6
	.globl	\name
	.hidden	\name
	.type	\name, @function
\name:
	.cfi_startproc
	pushq	%rax
	.cfi_adjust_cfa_offset 8
	pushq	%rcx
	.cfi_adjust_cfa_offset 8
	movq	24(%rsp), %rax
	movq	16(%rsp), %r11
	leaq	(%rax,%r11,4), %rcx
	imulq	$HASH_FACTOR, %rcx, %rcx
	shrq	$HASH_SHIFT, %rcx
	andq	%fs:0x7fffffff, %rcx
	.globl	\mask
	.hidden	\mask
	.set	\mask, . - 4
	addq	%fs:0x7fffffff, %rcx
	.globl	\edges
	.hidden	\edges
	.set	\edges, . - 4
1:	cmpq	%rax, (%rcx)
	jne	2f
	cmpq	%r11, 8(%rcx)
	jne	2f
	incq	16(%rcx)
	.if \is_timed
	movq	pcarch_stub_ticks(%rip), %rax
	movl	(%rax), %eax
	cmpl	%eax, %fs:0x7fffffff
	.globl	pcarch_stub_timed_tick
	.hidden	pcarch_stub_timed_tick
	.set	pcarch_stub_timed_tick, . - 4
	jne	4f
	movq	%rcx, %fs:0x7fffffff
	.globl	pcarch_stub_timed_last
	.hidden	pcarch_stub_timed_last
	.set	pcarch_stub_timed_last, . - 4
	.endif
	popq	%rcx
	.cfi_remember_state
	.cfi_adjust_cfa_offset -8
	popq	%rax
	.cfi_adjust_cfa_offset -8
	ret
	.cfi_restore_state
	/* Asked of every edge that differs: a call site may be 0 where a stack begins. */
2:	cmpq	$0, (%rcx)
	je	3f
	addq	$32, %rcx
	jmp	1b
3:	popq	%rcx
	.cfi_remember_state
	.cfi_adjust_cfa_offset -8
	popq	%rax
	.cfi_adjust_cfa_offset -8
	jmpq	*pcarch_miss@GOTPCREL(%rip)
	.cfi_restore_state
	.if \is_timed
4:	popq	%rcx
	.cfi_adjust_cfa_offset -8
	popq	%rax
	.cfi_adjust_cfa_offset -8
	jmpq	*pcarch_tick@GOTPCREL(%rip)
	.endif
	.cfi_endproc
	.size	\name, . - \name
	.endm

	enter	pcarch_stub_enter, pcarch_stub_mask, pcarch_stub_edges, 0
	.hidden	pcarch_stub_ticks
	enter	pcarch_stub_enter_timed, pcarch_stub_timed_mask, pcarch_stub_timed_edges, 1

	.p2align 4
	.globl	pcarch_stub_enter_span
	.hidden	pcarch_stub_enter_span
	.type	pcarch_stub_enter_span, @function
pcarch_stub_enter_span:
	.cfi_startproc
	jmpq	*pcarch_enter_span@GOTPCREL(%rip)
	.cfi_endproc
	.size	pcarch_stub_enter_span, . - pcarch_stub_enter_span

	.section .note.GNU-stack, "", @progbits
