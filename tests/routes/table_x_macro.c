/* One list makes the enum, the prototypes and the table. */
#include <stdio.h>
#include <string.h>

#define COMMANDS(X)                        \
	X(open, "open or create a file")   \
	X(close, "close the current file") \
	X(pread, "read a number of bytes") \
	X(fsync, "write what is cached")

#define PROTOTYPE(name, help) static int name##_f(int argc, char **argv);
COMMANDS(PROTOTYPE)

enum {
#define CODE(name, help) CMD_##name,
	COMMANDS(CODE) CMD_COUNT
};

static const struct {
	char name[16];
	int (*func)(int, char **);
	const char *oneline;
} table[CMD_COUNT] = {
#define ROW(name, help) [CMD_##name] = {#name, name##_f, help},
	COMMANDS(ROW)};

#define BODY(name, help)                           \
	static int name##_f(int argc, char **argv) \
	{                                          \
		return puts(__func__) < 0;         \
	}
COMMANDS(BODY)

int main(int argc, char **argv)
{
	int i;

	for (i = 0; argc > 1 && i < CMD_COUNT; i++)
		if (strcmp(table[i].name, argv[1]) == 0)
			return table[i].func(argc - 1, argv + 1);
	for (i = 0; i < CMD_COUNT; i++)
		fprintf(stderr, "%s -- %s\n", table[i].name, table[i].oneline);
	return 1;
}
