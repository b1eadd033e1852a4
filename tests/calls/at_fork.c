/* build: -pthread */
/* What runs before and after fork, in the parent and in the child; and at a quick exit. */
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int prepared, in_parent, in_child;

static void prepare(void)
{
	prepared++;
}

static void parent(void)
{
	in_parent++;
}

static void child(void)
{
	in_child++;
}

static void quick(void)
{
	_exit(in_child == 1 ? 7 : 8);
}

int main(void)
{
	int status;
	pid_t pid;

	pthread_atfork(prepare, parent, child); /* -> pthread_atfork, prepare, parent, child; closed */
	at_quick_exit(quick); /* -> at_quick_exit, quick; closed */
	pid = fork();
	if (pid == 0)
		quick_exit(1);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return 1;
	return WEXITSTATUS(status) == 7 && prepared == 1 && in_parent == 1 && !in_child ? 0 : 1;
}
