/* A list that is expanded three times: into declarations, names and a table; and calls from a macro. */
#define COMMANDS(X) \
	X(open, 1) \
	X(close, 2) \
	X(reopen, 4)

#define DEFINE(name, value) \
	static int do_##name(int x) \
	{ \
		return x + value; \
	}
#define ENTRY(name, value) {#name, do_##name},
#define CALL(object, method, ...) ((object)->method(__VA_ARGS__))

struct command {
	const char *name;
	int (*run)(int);
};

COMMANDS(DEFINE)

static const struct command commands[] = {COMMANDS(ENTRY)};

int main(void)
{
	int sum = 0;

	for (const struct command *c = commands; c < commands + 3; c++)
		sum += CALL(c, run, 0); /* -> do_open, do_close, do_reopen; closed */
	return sum == 7 ? 0 : 1;
}
