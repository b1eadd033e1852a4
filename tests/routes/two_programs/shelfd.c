/* program: shelfd */
#include "share.h"
#include <stdio.h>
#include <string.h>

static int do_show(const char *what)
{
	return puts(__func__) < 0;
}
static int do_flush(const char *what)
{
	return puts(__func__) < 0;
}

static const struct word control[] = {{"show", do_show}, {"flush", do_flush}, {0}};

int main(void)
{
	char line[64];
	int status = 0;

	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		status |= run_word(control, line);
	}
	return status;
}
