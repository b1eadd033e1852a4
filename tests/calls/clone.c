/* clone starts a process in a function, with one argument: here the function that it calls. */
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>

static _Alignas(16) char stack[65536];

static int seven(int x)
{
	return x + 7;
}

static int start(void *argument)
{
	int (*f)(int) = (int (*)(int))argument;

	return f(0); /* -> seven; closed */
}

int main(void)
{
	int status;
	pid_t pid = clone(start, stack + sizeof(stack), SIGCHLD, (void *)seven); /* -> clone, start; closed */

	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return 1;
	return WEXITSTATUS(status) == 7 ? 0 : 1;
}
