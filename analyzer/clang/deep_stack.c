#include "analyzer/clang/deep_stack.h"

#include <stddef.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

/* makecontext() passes only ints. */
static struct {
	void (*function)(void *argument);
	void *argument;
	ucontext_t caller, callee;
} call;

static void start(void)
{
	call.function(call.argument);
}

/* The lowest page stays without access, so that an overflow is a crash and nothing else.
 */
static void *reserve(void)
{
	char *stack = mmap(NULL, DEEP_STACK_BYTES, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);

	if (stack == MAP_FAILED)
		return NULL;
	mprotect(stack, (size_t)sysconf(_SC_PAGESIZE), PROT_NONE);
	return stack;
}

bool deep_stack_run(void (*function)(void *argument), void *argument)
{
	static void *stack;

	if (!stack)
		stack = reserve();
	if (!stack || getcontext(&call.callee) < 0)
		return false;
	call.function = function;
	call.argument = argument;
	call.callee.uc_stack.ss_sp = stack;
	call.callee.uc_stack.ss_size = DEEP_STACK_BYTES;
	call.callee.uc_link = &call.caller;
	makecontext(&call.callee, start, 0);
	return swapcontext(&call.caller, &call.callee) == 0;
}
