/* Negative: a word becomes a level; what is called then depends on the level, and does
 * the same. */
#include <stdio.h>
#include <string.h>
#include <time.h>

enum level {
	LEVEL_ERROR,
	LEVEL_INFO,
	LEVEL_DEBUG
};

static enum level parse_level(const char *word)
{
	if (!strcmp(word, "error"))
		return LEVEL_ERROR;
	if (!strcmp(word, "debug"))
		return LEVEL_DEBUG;
	return LEVEL_INFO;
}

static const struct {
	enum level level;
	const char *name;
	FILE *(*stream)(void);
} levels[3];

static void log_text(enum level at, enum level limit, const char *text)
{
	if (at > limit)
		return;
	fprintf(levels[at].stream ? levels[at].stream() : stderr, "%ld %s\n",
		(long)clock(), text);
}

int main(int argc, char **argv)
{
	enum level limit = argc > 1 ? parse_level(argv[1]) : LEVEL_INFO;

	log_text(LEVEL_DEBUG, limit, "begins");
	log_text(LEVEL_INFO, limit, "works");
	log_text(LEVEL_ERROR, limit, "ends");
	return 0;
}
