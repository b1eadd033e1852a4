/* makecontext: a function that gets control by a switch of stacks, with what to call as a global. */
#include <stddef.h>
#include <ucontext.h>

static ucontext_t main_context, other_context;
static char stack[65536];
static int (*body)(int);
static int result;

static int work(int x)
{
	return x + 41;
}

static void start(void)
{
	result = body(1); /* -> work; closed */
}

int main(void)
{
	if (getcontext(&other_context))
		return 1;
	other_context.uc_stack.ss_sp = stack;
	other_context.uc_stack.ss_size = sizeof(stack);
	other_context.uc_link = &main_context;
	body = work;
	makecontext(&other_context, start, 0); /* -> makecontext, start; closed */
	if (swapcontext(&main_context, &other_context))
		return 1;
	return result == 42 ? 0 : 1;
}
