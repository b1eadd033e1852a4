/* Negative: the words start other programs, which have their own commands. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *name, *path;
} programs[] = {{"pack", "/usr/libexec/tool/pack"}, {"sign", "/usr/libexec/tool/sign"}};

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (!strcmp(programs[i].name, argv[1]))
			execv(programs[i].path, argv + 1);
	return 127;
}
