/* The handler's field is a pointer to void, or lies in a union, and is cast before the
 * call. */
#include <stdio.h>
#include <string.h>

typedef int (*with_line)(const char *line);
typedef int (*without)(void);

enum {
	PLAIN,
	WITH_LINE
};

static int do_uptime(void)
{
	return puts(__func__) < 0;
}
static int do_say(const char *line)
{
	return puts(__func__) < 0;
}
static int do_tell(const char *line)
{
	return puts(__func__) < 0;
}

struct request {
	const char *word;
	int kind;
	void *handler;
};

static const struct request requests[] = {
	{"uptime", PLAIN, (void *)do_uptime},
	{"say", WITH_LINE, (void *)&do_say},
	{"tell", WITH_LINE, (void *)do_tell},
};

int main(int argc, char **argv)
{
	const struct request *r = requests;

	if (argc < 2)
		return 1;
	for (; r < requests + sizeof(requests) / sizeof(*requests); r++) {
		if (strcmp(argv[1], r->word))
			continue;
		if (r->kind == WITH_LINE)
			return ((with_line)r->handler)(argv[1]);
		without call = (without)r->handler;
		return call();
	}
	return 1;
}
