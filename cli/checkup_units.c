#include "cli/checkup.h"

#include "analyzer/cache/freshness.h"
#include "analyzer/compile/missing_headers.h"
#include "analyzer/compile/toolchain.h"
#include "analyzer/compile/toolchain_list.h"
#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/text.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NAMES_SHOWN = 5
};

/* "a, b, c and 7 more", `names` being the first `shown` of `all`. */
static void list_names(struct text *out, const char *const *names, size_t shown,
	size_t all)
{
	for (size_t i = 0; i < shown; i++)
		text_printf(out, "%s%s", i ? ", " : "", names[i]);
	if (all > shown)
		text_printf(out, " and %zu more", all - shown);
}

static void check_sources(struct checkup *checkup, const struct unit_list *units)
{
	const char *names[NAMES_SHOWN];
	scoped_text list = {0};
	size_t missing = 0;

	for (size_t i = 0; i < units->nunits; i++) {
		if (access(units->units[i].file, R_OK) == 0)
			continue;
		if (missing < NAMES_SHOWN)
			names[missing] = units->units[i].file;
		missing++;
	}
	if (!missing) {
		checkup_line(checkup, CHECK_OK, "sources", NULL, "all %zu can be read",
			units->nunits);
		return;
	}
	list_names(&list, names, missing < NAMES_SHOWN ? missing : NAMES_SHOWN, missing);
	checkup_line(checkup, missing == units->nunits ? CHECK_FAIL : CHECK_WARN,
		"sources",
		"build the program here, so that generated sources exist, and make the "
		"database again",
		"%zu of %zu units cannot be read: %s", missing, units->nunits,
		list.bytes);
}

static void check_headers(struct checkup *checkup, const struct unit_list *units)
{
	scoped_text list = {0};
	size_t n;
	const struct missing_header *missing = missing_headers(checkup->arena, units, &n);

	for (size_t i = 0; i < n && i < NAMES_SHOWN; i++)
		text_printf(&list, "%s%s (%zu unit%s)", i ? ", " : "", missing[i].name,
			missing[i].nunits, missing[i].nunits == 1 ? "" : "s");
	if (n > NAMES_SHOWN)
		text_printf(&list, " and %zu more", n - NAMES_SHOWN);
	checkup_line(checkup, n ? CHECK_WARN : CHECK_OK, "headers",
		"build the program once: these headers are probably generated", "%s",
		n ? list.bytes : "every #include \"…\" that units open with is there");
}

static void check_responses(struct checkup *checkup, const struct unit_list *units)
{
	const char *first = "";

	for (size_t i = units->nnotes; i-- > 0;)
		if (text_has_prefix(units->notes[i], "response file"))
			first = units->notes[i];
	if (units->nlost_responses)
		checkup_line(checkup, CHECK_WARN, "response files",
			"keep them when you build (ninja: -d keeprsp), and build again",
			"%zu could not be followed: %s", units->nlost_responses, first);
	else
		checkup_line(checkup, CHECK_OK, "response files", NULL,
			"none is missing");
}

static void check_age(struct checkup *checkup, const struct unit_list *units,
	const char *database)
{
	const char *root = units_root(checkup->arena, units, database);
	struct freshness fresh;
	struct stat st;
	scoped_text list = {0};
	size_t n;

	if (stat(database, &st) < 0)
		return;
	freshness_look(checkup->arena, root, st.st_mtime, units, &fresh);
	if (!fresh.nsources && !fresh.nbuild_files) {
		checkup_line(checkup, CHECK_OK, "age", NULL,
			"no source or build file is newer than the database%s",
			fresh.is_cut ? " (the tree is too large to see all of it)" : "");
		return;
	}
	n = fresh.nsources ? fresh.nsources : fresh.nbuild_files;
	list_names(&list, fresh.nsources ? fresh.sources : fresh.build_files,
		n < FRESHNESS_MAX_NAMES ? n : FRESHNESS_MAX_NAMES, n);
	checkup_line(checkup, CHECK_WARN, "age",
		"make the database again: run cmake, or 'make clean' and 'bear -- make'",
		"%zu source%s newer than the database and not in it, %zu build file%s newer: %s",
		fresh.nsources, fresh.nsources == 1 ? "" : "s", fresh.nbuild_files,
		fresh.nbuild_files == 1 ? "" : "s", list.bytes);
}

static void check_compilers(struct checkup *checkup, struct unit_list *units,
	const char *database)
{
	const char *slash = strrchr(database, '/');
	struct toolchain_policy policy = {
		.root = units_root(checkup->arena, units, database),
		.database_dir =
			arena_copy(checkup->arena, database, (size_t)(slash - database)),
		.timeout_ms = TOOLCHAIN_TIMEOUT_MS,
	};
	struct toolchain_list list;
	size_t nnotes = units->nnotes;

	toolchains_find(checkup->arena, &policy, units, &list);
	toolchains_ask(checkup->arena, &policy, &list, units);
	for (size_t i = 0; i < list.ntoolchains; i++) {
		const struct toolchain *toolchain = &list.toolchains[i];

		if (toolchain->is_answered)
			checkup_line(checkup, CHECK_OK, "compiler", NULL,
				"%s for %s, %zu include directories", toolchain->path,
				toolchain->target, toolchain->ndirs);
		else if (!toolchain->path)
			checkup_line(checkup, CHECK_OK, "compiler", NULL,
				"clang for %s: libclang searches as it does",
				toolchain->target ? toolchain->target : "this machine");
	}
	for (size_t i = nnotes; i < units->nnotes; i++)
		checkup_line(checkup, CHECK_WARN, "compiler",
			"libclang's own directories are searched instead; where headers are "
			"not found, install the compiler outside of the tree",
			"%s", units->notes[i]);
}

void checkup_units(struct checkup *checkup, struct unit_list *units, const char *database)
{
	check_sources(checkup, units);
	check_responses(checkup, units);
	check_headers(checkup, units);
	check_age(checkup, units, database);
	check_compilers(checkup, units, database);
}
