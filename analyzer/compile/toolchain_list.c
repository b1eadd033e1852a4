#include "analyzer/compile/toolchain_list.h"

#include "analyzer/compile/compiler.h"
#include "analyzer/compile/notes.h"
#include "analyzer/compile/toolchain.h"
#include "analyzer/compile/trust.h"
#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/real_path.h"
#include "core/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* `word` when it changes where headers are; NULL for any other flag. */
static const char *relevant_flag(struct arena *arena, const char *word,
	const char *directory)
{
	static const char *const alone[] = {"-m32", "-m64", "-mx32", "-nostdinc"};
	static const char *const with_path[] = {"--sysroot=", "-isysroot"};

	if (word[0] != '-')
		return NULL;
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
		if (strcmp(word, alone[i]) == 0)
			return word;
	for (size_t i = 0; i < sizeof(with_path) / sizeof(with_path[0]); i++) {
		const char *path = word + strlen(with_path[i]);

		if (!text_has_prefix(word, with_path[i]))
			continue;
		return *path == '/' ? word
				    : arena_printf(arena, "%s%s/%s", with_path[i],
					      directory, path);
	}
	return NULL;
}

static void fill_flags(struct arena *arena, const struct scan_unit *unit,
	struct toolchain *out)
{
	const char **flags = NULL;
	size_t n = 0;

	for (size_t i = 0; i < unit->narguments; i++) {
		const char *flag =
			relevant_flag(arena, unit->arguments[i], unit->directory);

		if (!flag)
			continue;
		if (!flags)
			flags = arena_alloc(arena,
				(unit->narguments - i) * sizeof(*flags));
		flags[n++] = flag;
	}
	out->flags = flags;
	out->nflags = n;
}

static bool is_launcher(const char *path)
{
	static const char *const names[] = {
		"ccache", "distcc", "sccache", "icecc", "buildcache"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(basename(path), names[i]) == 0)
			return true;
	return false;
}

/*
 * Look `name` up in PATH. A directory of links to ccache is passed over, as ccache itself
 * would; relative directories are too, for they may lead into the scanned tree.
 */
static bool find_in_path(const char *name, char real[PATH_MAX])
{
	const char *path = getenv("PATH");
	scoped_text whole = {0};

	for (const char *at = path ? path : "/usr/bin:/bin"; *at;) {
		size_t len = strcspn(at, ":");

		text_clear(&whole);
		text_add_bytes(&whole, at, len);
		text_printf(&whole, "/%s", name);
		if (*at == '/' && access(whole.bytes, X_OK) == 0 &&
			realpath(whole.bytes, real) && !is_launcher(real))
			return true;
		at += len + (at[len] == ':');
	}
	return false;
}

/* The file that the unit's compiler is. */
static bool find_program(const struct scan_unit *unit, char real[PATH_MAX])
{
	const char *slash = strrchr(unit->compiler, '/');
	scoped_text whole = {0};

	if (!slash)
		return find_in_path(unit->compiler, real);
	if (unit->compiler[0] != '/')
		text_printf(&whole, "%s/", unit->directory);
	text_add(&whole, unit->compiler);
	if (!realpath(whole.bytes, real))
		return false;
	return !is_launcher(real) || find_in_path(slash + 1, real);
}

static const char *refusal(const struct toolchain_policy *policy, const char *path,
	struct stat *st)
{
	if (!compiler_is_c(path))
		return "it is not called like a C compiler";
	if (path_is_within(path, policy->root))
		return "it lies in the scanned tree";
	if (policy->database_dir && path_is_within(path, policy->database_dir))
		return "it lies beside the compile database";
	return trust_refusal(path, st);
}

bool toolchain_find(struct arena *arena, const struct toolchain_policy *policy,
	const struct scan_unit *unit, struct toolchain *out, struct error *err)
{
	struct toolchain found = {0};
	const char *target, *reason;
	char real[PATH_MAX];
	struct stat st;
	size_t len;

	if (compiler_is_clang(unit->compiler)) {
		len = compiler_target(unit->compiler, &target);
		found.target = len ? arena_copy(arena, target, len) : NULL;
		*out = found;
		return true;
	}
	if (!compiler_is_c(unit->compiler))
		reason = "it is not called like a C compiler";
	else if (!find_program(unit, real))
		reason = "it is not there";
	else
		reason = refusal(policy, real, &st);
	if (reason)
		return error_set(err, (struct location){0},
			"the compiler '%s' is not asked for its include directories: %s",
			unit->compiler, reason);
	fill_flags(arena, unit, &found);
	found.path = arena_strdup(arena, real);
	found.size_bytes = (uint64_t)st.st_size;
	found.mtime_ns = st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec;
	*out = found;
	return true;
}

static bool same_flags(const struct toolchain *a, const struct toolchain *b)
{
	if (a->nflags != b->nflags)
		return false;
	for (size_t i = 0; i < a->nflags; i++)
		if (strcmp(a->flags[i], b->flags[i]) != 0)
			return false;
	return true;
}

static bool same_string(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* What has been looked up, so that 50,000 units ask the file system once. */
struct question {
	const struct scan_unit *unit; /* the first that has it */
	struct toolchain flags; /* its flags */
	uint32_t toolchain;
};

struct survey {
	struct arena *arena;
	const struct toolchain_policy *policy;
	struct notes *notes;
	struct toolchain_list *list;
	struct question questions[TOOLCHAIN_MAX];
	size_t nquestions;
};

static bool same_question(const struct question *question, const struct scan_unit *unit,
	const struct toolchain *flags)
{
	bool is_anywhere = unit->compiler[0] == '/' || !strchr(unit->compiler, '/');

	return same_string(question->unit->compiler, unit->compiler) &&
	       (is_anywhere || same_string(question->unit->directory, unit->directory)) &&
	       same_flags(&question->flags, flags);
}

/* The place of `toolchain` in the list, where it is added when it is new. */
static uint32_t add_toolchain(struct toolchain_list *list,
	const struct toolchain *toolchain)
{
	for (uint32_t i = 0; i < list->ntoolchains; i++) {
		const struct toolchain *known = &list->toolchains[i];

		if (same_string(known->path, toolchain->path) &&
			same_flags(known, toolchain) &&
			(known->path || same_string(known->target, toolchain->target)))
			return i;
	}
	list->toolchains[list->ntoolchains] = *toolchain;
	return (uint32_t)list->ntoolchains++;
}

static uint32_t find_one(struct survey *survey, const struct scan_unit *unit)
{
	struct question question = {.unit = unit, .toolchain = TOOLCHAIN_NONE};
	struct toolchain found;
	struct error err;

	fill_flags(survey->arena, unit, &question.flags);
	for (size_t i = survey->nquestions; i-- > 0;)
		if (same_question(&survey->questions[i], unit, &question.flags))
			return survey->questions[i].toolchain;
	if (survey->nquestions == TOOLCHAIN_MAX) {
		notes_add(survey->notes, "",
			"more than %d compilers and sysroots: '%s' and later ones are not asked",
			TOOLCHAIN_MAX, unit->compiler);
		return TOOLCHAIN_NONE;
	}
	if (toolchain_find(survey->arena, survey->policy, unit, &found, &err))
		question.toolchain = add_toolchain(survey->list, &found);
	else
		notes_add(survey->notes, err.text, "%s", err.text);
	survey->questions[survey->nquestions++] = question;
	return question.toolchain;
}

/* `notes` behind those that the units have. */
static void append_notes(struct arena *arena, const struct notes *notes,
	struct unit_list *units)
{
	size_t n;
	const char *const *more = notes_list(notes, &n);
	const char **both = arena_alloc(arena, (units->nnotes + n) * sizeof(*both));

	if (units->nnotes)
		memcpy(both, units->notes, units->nnotes * sizeof(*both));
	if (n)
		memcpy(both + units->nnotes, more, n * sizeof(*both));
	units->notes = both;
	units->nnotes += n;
}

void toolchains_find(struct arena *arena, const struct toolchain_policy *policy,
	struct unit_list *units, struct toolchain_list *out)
{
	scoped_notes notes = {.arena = arena};
	struct survey survey = {arena, policy, &notes, out, {{0}}, 0};

	*out = (struct toolchain_list){
		.toolchains =
			arena_alloc(arena, TOOLCHAIN_MAX * sizeof(*out->toolchains)),
		.of_unit = arena_alloc(arena, units->nunits * sizeof(*out->of_unit)),
	};
	for (size_t i = 0; i < units->nunits; i++)
		out->of_unit[i] = find_one(&survey, &units->units[i]);
	append_notes(arena, &notes, units);
}

void toolchains_ask(struct arena *arena, const struct toolchain_policy *policy,
	struct toolchain_list *list, struct unit_list *units)
{
	scoped_notes notes = {.arena = arena};
	struct error err;

	for (size_t i = 0; i < list->ntoolchains; i++) {
		struct toolchain *toolchain = &list->toolchains[i];

		if (toolchain->path && !toolchain->is_answered &&
			!toolchain_ask(arena, policy, toolchain, &err))
			notes_add(&notes, err.text, "%s", err.text);
	}
	append_notes(arena, &notes, units);
}

void toolchains_apply(struct arena *arena, const struct toolchain_list *list,
	struct unit_list *units)
{
	for (size_t i = 0; i < units->nunits; i++)
		if (list->of_unit[i] != TOOLCHAIN_NONE)
			toolchain_apply(arena, &list->toolchains[list->of_unit[i]],
				&units->units[i]);
}
