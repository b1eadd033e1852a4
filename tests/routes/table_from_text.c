/* The table is read from a text when the program starts: its words are not names of the
 * source's rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int area_add(void)
{
	return puts(__func__) < 0;
}
static int area_list(void)
{
	return puts(__func__) < 0;
}

static int (*const functions[])(void) = {area_add, area_list};

static const char definitions[] = "add 0\n"
				  "list 1\n"
				  "ls 1\n";

static struct {
	char name[16];
	int (*fn)(void);
} table[8];
static int nrows;

static void parse_definitions(void)
{
	char *text = strdup(definitions), *state;

	for (char *line = text ? strtok_r(text, "\n", &state) : NULL; line;
		line = strtok_r(NULL, "\n", &state)) {
		int number;
		if (sscanf(line, "%15s %d", table[nrows].name, &number) == 2)
			table[nrows++].fn = functions[number];
	}
	free(text);
}

int main(int argc, char **argv)
{
	parse_definitions();
	for (int i = 0; argc > 1 && i < nrows; i++)
		if (!strcmp(table[i].name, argv[1]))
			return table[i].fn();
	return 1;
}
