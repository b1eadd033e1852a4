#include "core/suggest.h"

#include "core/text.h"

#include <limits.h>
#include <string.h>

enum {
	LONGEST = 63
};

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned suggest_distance(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b);
	unsigned rows[3][LONGEST + 1]; /* of the matrix; the current one is rows[i % 3] */

	if (na > LONGEST || nb > LONGEST)
		return UINT_MAX;
	for (size_t j = 0; j <= nb; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = least(above[j], row[j - 1]) + 1;
			row[j] = least(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
				a[i - 2] == b[j - 1])
				row[j] = least(row[j], rows[(i + 1) % 3][j - 2] + 1);
		}
	}
	return rows[na % 3][nb];
}

/* An abbreviation counts as one edit, between a guess and a slip of the finger. */
static unsigned distance_as_typed(const char *word, const char *name)
{
	unsigned distance = suggest_distance(word, name);

	if (distance > 1 && strlen(word) >= 2 && text_has_prefix(name, word))
		return 1;
	return distance;
}

void suggestion_offer(struct suggestion *suggestion, const char *name)
{
	size_t word = strlen(suggestion->word), len = strlen(name);
	unsigned distance = distance_as_typed(suggestion->word, name);
	size_t close = ((word > len ? word : len) + 2) / 3;

	/* As many edits as the shorter word has bytes leave nothing of it. */
	if (distance > close || distance >= (word < len ? word : len))
		return;
	if (suggestion->nearest && distance >= suggestion->distance)
		return;
	suggestion->nearest = name;
	suggestion->distance = distance;
}
