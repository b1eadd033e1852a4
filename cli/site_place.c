#include "cli/site_place.h"

#include "cli/command.h"
#include "cli/show.h"
#include "core/arena.h"
#include "core/interner.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_CANDIDATES = 20,
	MAX_DIGITS = 9 /* of a line: what has more is none, and a part of the name */
};

/* The files that a spelling may mean. */
struct files {
	const char *spelled;
	const char *whole; /* NULL: none is spelled just so */
	struct interner cut; /* those that end in it */
	const char *found[MAX_CANDIDATES];
};

static void offer_file(struct files *files, const char *file)
{
	size_t len = strlen(file), tail = strlen(files->spelled);
	size_t before = files->cut.count;

	if (strcmp(file, files->spelled) == 0)
		files->whole = file;
	if (!tail || tail >= len || file[len - tail - 1] != '/' ||
		!text_has_suffix(file, files->spelled))
		return;
	intern_string(&files->cut, file);
	if (files->cut.count > before && before < MAX_CANDIDATES)
		files->found[before] = file;
}

static void offer_files(struct files *files, const struct static_trace *trace)
{
	for (size_t i = 0; i < trace->nfunctions; i++)
		offer_file(files, trace->functions[i].file);
	for (size_t i = 0; i < trace->nsites; i++) {
		offer_file(files, trace->sites[i].file);
		if (trace->sites[i].spelling_file)
			offer_file(files, trace->sites[i].spelling_file);
	}
}

static void list_candidates(const struct files *files)
{
	size_t count = files->cut.count;

	usage_error("show", "'%s' may be any of %zu files; say which:", files->spelled,
		count);
	for (size_t i = 0; i < count && i < MAX_CANDIDATES; i++) {
		fputs("  ", stderr);
		terminal_print(stderr, files->found[i]);
		fputc('\n', stderr);
	}
	if (count > MAX_CANDIDATES)
		fprintf(stderr, "  ... and %zu more\n", count - MAX_CANDIDATES);
}

/* The number after the last colon, which is cut off; 0: there is none. */
static unsigned cut_number(char *spelled)
{
	char *colon = strrchr(spelled, ':');
	size_t len = colon ? strlen(colon + 1) : 0;
	unsigned number = 0;

	if (!len || len > MAX_DIGITS || colon[1 + strspn(colon + 1, "0123456789")])
		return 0;
	number = (unsigned)strtoul(colon + 1, NULL, 10);
	*colon = '\0';
	return number;
}

bool site_place_find(struct show *show, const char *spelled, struct site_place *out)
{
	char *file = arena_strdup(show->arena, spelled);
	struct site_place place = {.line = cut_number(file)};
	unsigned before = place.line ? cut_number(file) : 0;
	struct files files = {.cut = {.arena = show->arena}};
	bool is_ambiguous;

	if (before) {
		place.column = place.line;
		place.line = before;
	}
	while (text_has_prefix(file, "./"))
		file += 2;
	files.spelled = file;
	offer_files(&files, show->trace);
	place.file = files.whole ? files.whole : files.found[0];
	is_ambiguous = !files.whole && files.cut.count > 1;
	if (!place.file)
		usage_error("show", "'%s' has no call site in a file '%s'", show->file,
			file);
	else if (is_ambiguous)
		list_candidates(&files);
	else
		*out = place;
	interner_release(&files.cut);
	return place.file && !is_ambiguous;
}
