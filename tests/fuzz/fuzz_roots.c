/* Any bytes as a list of roots: what is asked of it is found in it, or not at all. */
#include "tracer/runtime/roots.h"

/* It is in no library that a program of ours could link. */
#include "tracer/runtime/roots.c" // NOLINT(bugprone-suspicious-include)

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct settings settings;

static void ask(const char *text)
{
	const struct symbol from_file = {.name = text, .file = "a.c"};
	const struct symbol from_anywhere = {.name = text};
	struct roots_match match;
	uint32_t kind;

	roots_find(&from_file, &kind);
	roots_find(&from_anywhere, &kind);
	if (roots_match_word(text, strlen(text), &match) &&
		strnlen(match.text, match.len) < match.len)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = malloc(size + 1); /* aligned as a mapping is */

	if (!bytes)
		return 0;
	memcpy(bytes, data, size);
	memset(&list, 0, sizeof(list));
	if (take_list(bytes, size)) {
		ask("add");
		ask("add.isra.0");
		ask("re");
		ask("REMOTE");
		for (uint32_t i = 0; i < list.nwords && i < ROOTS_MAX_WORD; i++)
			ask(string_at(list.words[i].text));
	}
	free(bytes);
	return 0;
}
