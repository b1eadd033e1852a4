/* The first character of a name holds flags; the name is what follows. The table is
 * searched by halves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUILTIN_NOSPEC "0"
#define BUILTIN_SPECIAL "1"
#define BUILTIN_REGULAR "2"
#define BUILTIN_SPEC_REG "3"

#define IS_BUILTIN_SPECIAL(b) ((b)->name[0] & 1)

struct builtincmd {
	const char *name;
	int (*builtin)(int argc, char **argv);
};

static int dotcmd(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int bgcmd(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int cdcmd(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int exitcmd(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int truecmd(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static const struct builtincmd builtintab[] = {
	{BUILTIN_SPEC_REG ".", dotcmd},
	{BUILTIN_SPEC_REG ":", truecmd},
	{BUILTIN_REGULAR "bg", bgcmd},
	{BUILTIN_REGULAR "cd", cdcmd},
	{BUILTIN_SPEC_REG "exit", exitcmd},
	{BUILTIN_NOSPEC "true", truecmd},
};

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a + 1, *(char *const *)b + 1);
}

static const struct builtincmd *find_builtin(const char *name)
{
	char with_flag[32];
	const char *key = with_flag;

	snprintf(with_flag, sizeof(with_flag), "x%s", name);
	return bsearch(&key, builtintab, sizeof(builtintab) / sizeof(builtintab[0]),
		sizeof(builtintab[0]), compare);
}

int main(void)
{
	char line[128], *argv[8];

	while (fgets(line, sizeof(line), stdin)) {
		const struct builtincmd *cmd;
		int argc = 0;

		for (char *w = strtok(line, " \n"); w && argc < 7;
			w = strtok(NULL, " \n"))
			argv[argc++] = w;
		argv[argc] = NULL;
		cmd = argc ? find_builtin(argv[0]) : NULL;
		if (!cmd)
			puts("not found");
		else if (cmd->builtin(argc, argv) && IS_BUILTIN_SPECIAL(cmd))
			return 2;
	}
	return 0;
}
