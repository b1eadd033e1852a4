/* The chain only chooses: a variable, or a conditional expression, holds the function
 * that is called at the end. */
#include <stdio.h>
#include <string.h>

typedef int (*job)(int argc, char **argv);

static int job_pack(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int job_unpack(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int job_list(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int job_on(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int job_off(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static int job_trace(int argc, char **argv)
{
	const char *word = argc > 0 ? argv[0] : "";
	job run = !strcmp(word, "on") ? job_on : !strcmp(word, "off") ? job_off : NULL;

	puts(__func__);
	return run ? run(argc - 1, argv + 1) : 1;
}

int main(int argc, char **argv)
{
	job selected = NULL;

	if (argc < 2)
		return 2;
	if (!strcmp(argv[1], "pack"))
		selected = job_pack;
	else if (!strcmp(argv[1], "unpack") || !strcmp(argv[1], "extract"))
		selected = &job_unpack;
	else if (!strcmp(argv[1], "list"))
		selected = job_list;
	else if (!strcmp(argv[1], "trace"))
		selected = job_trace;
	if (!selected) {
		fprintf(stderr, "unknown job\n");
		return 2;
	}
	return selected(argc - 2, argv + 2);
}
