/* Names and functions are two arrays that the same enumeration indexes. */
#include <stdio.h>
#include <string.h>

enum query {
	Q_STATUS,
	Q_TRACKS,
	Q_SOURCES,
	Q_COUNT
};

static const char *const query_names[Q_COUNT] = {
	[Q_TRACKS] = "tracks",
	[Q_STATUS] = "status",
	[Q_SOURCES] = "sources",
};

static void show_status(FILE *to)
{
	puts(__func__);
}
static void show_tracks(FILE *to)
{
	puts(__func__);
}
static void show_sources(FILE *to)
{
	puts(__func__);
}

static void (*const query_handlers[])(FILE *) = {
	[Q_STATUS] = show_status,
	[Q_TRACKS] = show_tracks,
	[Q_SOURCES] = show_sources,
};

int main(int argc, char **argv)
{
	enum query q;

	for (q = 0; argc > 1 && q < Q_COUNT; q++) {
		if (strcmp(argv[1], query_names[q]) == 0) {
			query_handlers[q](stdout);
			return 0;
		}
	}
	return 1;
}
