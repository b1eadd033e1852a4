/* Negative: the word chooses how to compare lines, not what to do. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*order)(const void *, const void *);

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}
static int by_length(const void *a, const void *b)
{
	return (int)strlen(*(char *const *)a) - (int)strlen(*(char *const *)b);
}
static int by_number(const void *a, const void *b)
{
	return atoi(*(char *const *)a) - atoi(*(char *const *)b);
}

static const struct {
	const char *name;
	order compare;
} orders[] = {{"name", by_name}, {"length", by_length}, {"number", by_number}};

static order order_of(const char *name)
{
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (!strcmp(orders[i].name, name))
			return orders[i].compare;
	fprintf(stderr, "no such order: %s\n", name);
	exit(2);
}

int main(int argc, char **argv)
{
	order compare = by_name;
	int c;

	while ((c = getopt(argc, argv, "s:")) != -1) {
		if (c != 's')
			return 2;
		compare = order_of(optarg);
	}
	qsort(argv + optind, argc - optind, sizeof(*argv), compare);
	for (; optind < argc; optind++)
		puts(argv[optind]);
	return 0;
}
