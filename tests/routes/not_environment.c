/* Negative: values of the environment and of options choose among ways to do the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void draw_text(void)
{
	puts("text");
}
static void draw_curses(void)
{
	puts("curses");
}

static int is_yes(const char *value)
{
	return value && (!strcmp(value, "yes") || !strcmp(value, "1") ||
				!strcasecmp(value, "true"));
}

int main(int argc, char **argv)
{
	const char *ui = getenv("UI"), *term = getenv("TERM"), *color = getenv("COLOR");
	int use_color = is_yes(color);

	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], "color=", 6))
			use_color = is_yes(argv[i] + 6) || !strcmp(argv[i] + 6, "always");
	}
	if (term && !strcmp(term, "dumb"))
		use_color = 0;
	if (use_color)
		fputs("\033[1m", stdout);
	if (ui && !strcmp(ui, "curses"))
		draw_curses();
	else
		draw_text();
	return 0;
}
