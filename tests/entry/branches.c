/* build: -I TRACER */
/* Where commands part: static.json's branches. */
#include <pcarch_trace.h>

static int from_cache(void)
{
	PCARCH_BRANCH("source", "cache");
	return 1;
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 2)
		PCARCH_BRANCH("mode", "fast");
	if (argc > 1)
		PCARCH_BRANCH("source", "net");
	else
		return from_cache();
	PCARCH_BRANCH("source", "net");
	return 0;
}
