/* starts: early, earliest, late */
/* Functions that run before and after main, of which one fills a table that main calls. */
#include <unistd.h>

static int (*registered[2])(int);
static int nregistered, ended;

static int plug(int x)
{
	return x + 1;
}

__attribute__((constructor(200))) static void early(void)
{
	registered[nregistered++] = plug;
}

__attribute__((constructor(101))) static void earliest(void)
{
	nregistered = 0;
}

__attribute__((destructor)) static void late(void)
{
	if (!ended)
		_exit(1);
}

int main(void)
{
	ended = registered[0](0); /* -> plug; closed */
	return nregistered == 1 ? 0 : 1;
}
