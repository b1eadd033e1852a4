/* build: -ldl */
/* The next function of a name that the program has itself: the library's, which nothing here defines. */
#include <dlfcn.h>
#include <unistd.h>

static int calls;

pid_t getppid(void)
{
	static pid_t (*real)(void);

	calls++;
	if (!real)
		real = (pid_t (*)(void))dlsym(RTLD_NEXT, "getppid");
	return real ? real() : -1; /* -> getppid (may); sound +extra */
}

int main(void)
{
	pid_t (*f)(void) = getppid;

	return getppid() == f() && calls == 2 ? 0 : 1; /* -> getppid; closed */
}
