/* Negative: an argument is a file, but for a few words that stand for other files. */
#include <stdio.h>
#include <string.h>

static FILE *open_input(const char *name)
{
	if (strcmp(name, "-") == 0 || strcmp(name, "/dev/stdin") == 0)
		return stdin;
	return fopen(name, "r");
}

static int count(const char *name, long *total)
{
	FILE *in = open_input(name);
	long n = 0;

	if (!in)
		return 1;
	while (getc(in) != EOF)
		n++;
	if (in != stdin)
		fclose(in);
	*total += n;
	return 0;
}

int main(int argc, char **argv)
{
	char answer[16];
	long total = 0;
	int status = 0;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--"))
			continue;
		status |= count(argv[i], &total);
	}
	if (total > 1000000) {
		fputs("print it? ", stdout);
		if (!fgets(answer, sizeof(answer), stdin) || strcmp(answer, "yes\n") != 0)
			return 1;
	}
	printf("%ld\n", total);
	return status;
}
