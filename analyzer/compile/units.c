#include "analyzer/compile/units.h"

#include "analyzer/compile/compiler.h"
#include "analyzer/compile/flags.h"
#include "analyzer/compile/notes.h"
#include "analyzer/compile/response.h"
#include "core/arena.h"
#include "core/compdb_json.h"
#include "core/error.h"
#include "core/real_path.h"
#include "core/text.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct building {
	struct arena *arena;
	struct notes notes;
	struct responses responses;
	struct real_paths paths;
	const char *base; /* what a relative "directory" is relative to */
	struct scan_unit *units; /* heap */
	size_t nunits, room, nskipped;
};

static void building_init(struct building *building, struct arena *arena,
	const char *base)
{
	*building = (struct building){
		.arena = arena,
		.notes.arena = arena,
		.paths.strings.arena = arena,
		.base = base,
	};
	building->responses.arena = arena;
	building->responses.notes = &building->notes;
}

static void building_release(struct building *building)
{
	responses_release(&building->responses);
	real_paths_release(&building->paths);
	notes_release(&building->notes);
	free(building->units);
}

#define scoped_building __attribute__((cleanup(building_release))) struct building

/* A command line taken apart. */
struct parts {
	const char *compiler;
	struct flags flags;
};

static bool take_apart(struct building *building, const char *directory,
	struct word_list words, struct parts *out)
{
	size_t at;

	words = responses_expand(&building->responses, directory, words);
	if (!words.count)
		return false;
	at = compiler_find(words.words, words.count);
	out->compiler = words.words[at];
	flags_clean(building->arena, &building->notes, words.words + at + 1,
		words.count - at - 1, &out->flags);
	return true;
}

/* -x where the name does not say it: for ".c", equal commands would differ. */
static void add_language(struct arena *arena, struct scan_unit *unit,
	const char *language)
{
	const char **arguments;

	if (!language || text_has_suffix(unit->file, ".c"))
		return;
	arguments = arena_alloc(arena, (unit->narguments + 2) * sizeof(*arguments));
	memcpy(arguments, unit->arguments, unit->narguments * sizeof(*arguments));
	arguments[unit->narguments++] = arena_printf(arena, "-x%s", language);
	unit->arguments = arguments;
}

static struct scan_unit make_unit(struct building *building, const char *directory,
	const char *file, const struct parts *parts)
{
	struct scan_unit unit = {
		.directory = directory,
		.file = real_file(&building->paths, directory, file),
		.arguments = parts->flags.kept,
		.narguments = parts->flags.nkept,
		.compiler = parts->compiler,
	};

	add_language(building->arena, &unit, parts->flags.language);
	return unit;
}

static void skip(struct building *building, const char *file, const char *what)
{
	building->nskipped++;
	notes_add(&building->notes, what, "skipped '%s': %s", file, what);
}

static void add_command(struct building *building, const struct compile_command *command)
{
	struct word_list words = {command->arguments, command->narguments};
	struct parts parts;
	const char *directory, *language;
	bool is_missing;

	directory = real_dir(&building->paths, building->base, command->directory,
		&is_missing);
	if (is_missing)
		notes_add(&building->notes, directory,
			"the directory '%s' of '%s' does not exist: build the program here, again",
			directory, command->file);
	if (!take_apart(building, directory, words, &parts)) {
		skip(building, command->file, "no words are left of its command");
		return;
	}
	language = compiler_language(parts.compiler, command->file, parts.flags.language);
	if (strcmp(language, "C") != 0) {
		skip(building, command->file, language);
		return;
	}
	if (parts.flags.is_preprocess_only) {
		skip(building, command->file, "its command only preprocesses");
		return;
	}
	building->units = grow(building->units, building->nunits, &building->room,
		sizeof(*building->units));
	building->units[building->nunits++] =
		make_unit(building, directory, command->file, &parts);
}

static int compare_strings(const char *a, const char *b)
{
	return a == b ? 0 : strcmp(a, b);
}

static int compare_arguments(const struct scan_unit *a, const struct scan_unit *b)
{
	for (size_t i = 0; i < a->narguments && i < b->narguments; i++) {
		int order = compare_strings(a->arguments[i], b->arguments[i]);

		if (order)
			return order;
	}
	return (a->narguments > b->narguments) - (a->narguments < b->narguments);
}

/* By file, then arguments, then what else makes units differ. */
static int compare_units(const void *left, const void *right)
{
	const struct scan_unit *a = left, *b = right;
	int order = compare_strings(a->file, b->file);

	if (!order)
		order = compare_arguments(a, b);
	if (!order)
		order = compare_strings(a->directory, b->directory);
	if (!order)
		order = compare_strings(a->compiler, b->compiler);
	return order;
}

/* Drop equal neighbours of the sorted units and number those of one file. */
static size_t drop_duplicates(struct scan_unit *units, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		const struct scan_unit *last = kept ? &units[kept - 1] : NULL;

		if (last && compare_units(last, &units[i]) == 0)
			continue;
		units[i].variant =
			last && last->file == units[i].file ? last->variant + 1 : 0;
		units[kept++] = units[i];
	}
	return kept;
}

/* `path` from where we stand, absolute and resolved; as it is where it is missing. */
static const char *absolute_directory(struct arena *arena, const char *path)
{
	scoped_real_paths paths = {.strings.arena = arena};
	char *cwd = getcwd(NULL, 0);
	const char *directory;
	bool is_missing;

	directory = real_dir(&paths, cwd ? cwd : "/", path, &is_missing);
	free(cwd);
	return directory;
}

/* The directory that the file `path` stands in, absolute. */
static const char *directory_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;

	return absolute_directory(arena, slash ? arena_copy(arena, path, len) : ".");
}

bool units_from_database(struct arena *arena, const struct compdb *db, const char *path,
	struct unit_list *out, struct error *err)
{
	struct unit_list list = {0};
	scoped_building building;

	building_init(&building, arena, directory_of(arena, path));
	for (size_t i = 0; i < db->ncommands; i++)
		add_command(&building, &db->commands[i]);
	if (!building.nunits)
		return error_set(err, (struct location){path, 0, 0},
			"none of its %zu commands compiles C (the first one is for '%s'): is it the right database?",
			db->ncommands, db->ncommands ? db->commands[0].file : "");
	qsort(building.units, building.nunits, sizeof(*building.units), compare_units);
	list.nunits = drop_duplicates(building.units, building.nunits);
	list.units = arena_alloc(arena, list.nunits * sizeof(*list.units));
	memcpy(list.units, building.units, list.nunits * sizeof(*list.units));
	list.nduplicates = building.nunits - list.nunits;
	list.nskipped = building.nskipped;
	list.nlost_responses = building.responses.nlost;
	list.notes = notes_list(&building.notes, &list.nnotes);
	*out = list;
	return true;
}

/* The one C source among the inputs; NULL and `err` when there is none, or several. */
static const char *find_source(const struct parts *parts, struct error *err)
{
	const char *source = NULL;

	for (size_t i = 0; i < parts->flags.ninputs; i++) {
		const char *input = parts->flags.inputs[i];
		const char *language =
			compiler_language(parts->compiler, input, parts->flags.language);

		if (strcmp(language, "C") != 0 || strcmp(input, "-") == 0)
			continue;
		if (source) {
			error_set(err, (struct location){0},
				"the command compiles '%s' and '%s': give one source to a command",
				source, input);
			return NULL;
		}
		source = input;
	}
	if (!source)
		error_set(err, (struct location){0},
			"the command of '%s' names no C source: give it as 'cc ARGS FILE.c'",
			parts->compiler);
	return source;
}

bool units_from_command(struct arena *arena, const char *directory,
	const struct word_list *words, struct scan_unit *out, struct error *err)
{
	struct parts parts;
	scoped_building building;
	const char *source;
	bool is_missing;

	building_init(&building, arena, absolute_directory(arena, "."));
	directory = real_dir(&building.paths, building.base, directory, &is_missing);
	if (is_missing)
		return error_set(err, (struct location){0},
			"the directory '%s' does not exist", directory);
	if (!take_apart(&building, directory, *words, &parts))
		return error_set(err, (struct location){0},
			"the command is empty: give it as 'cc ARGS FILE.c'");
	source = find_source(&parts, err);
	if (!source)
		return false;
	*out = make_unit(&building, directory, source, &parts);
	return true;
}

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static const char database_name[] = "compile_commands.json";

static bool is_build_name(const char *name)
{
	return strcmp(name, "out") == 0 || text_has_prefix(name, "build-") ||
	       text_has_prefix(name, "cmake-build-");
}

/* The only build directory in `dir` that has a database; NULL: none, or `*is_several`. */
static const char *search_builds(struct arena *arena, const char *dir, bool *is_several)
{
	DIR *entries = opendir(dir);
	const char *found = NULL;
	const struct dirent *entry;

	while (entries && (entry = readdir(entries))) {
		const char *path;

		if (!is_build_name(entry->d_name))
			continue;
		path = arena_printf(arena, "%s/%s/%s", dir, entry->d_name, database_name);
		if (!exists(path))
			continue;
		*is_several = found != NULL;
		found = path;
		if (*is_several)
			break;
	}
	if (entries)
		closedir(entries);
	return *is_several ? NULL : found;
}

static const char *search_directory(struct arena *arena, const char *dir,
	bool *is_several)
{
	const char *path = arena_printf(arena, "%s/%s", dir, database_name);

	if (exists(path))
		return path;
	path = arena_printf(arena, "%s/build/%s", dir, database_name);
	return exists(path) ? path : search_builds(arena, dir, is_several);
}

const char *units_find_database(struct arena *arena, const char *start, struct error *err)
{
	char *dir = arena_strdup(arena, absolute_directory(arena, start));

	if (access(start, X_OK) < 0) {
		error_set_errno(err, "enter", start, NULL);
		return NULL;
	}
	for (;;) {
		bool is_several = false;
		const char *root = strcmp(dir, "/") == 0 ? "" : dir;
		const char *found = search_directory(arena, root, &is_several);

		if (found)
			return found;
		if (is_several) {
			error_set(err, (struct location){0},
				"several build directories in '%s' have a %s: name one with -p DIR",
				dir, database_name);
			return NULL;
		}
		if (!*root || exists(arena_printf(arena, "%s/.git", dir)))
			break;
		*strrchr(dir, '/') = '\0';
		if (!*dir)
			dir = arena_strdup(arena, "/");
	}
	error_set(err, (struct location){0},
		"no %s in '%s', its build directories or above: make one with 'cmake "
		"-DCMAKE_EXPORT_COMPILE_COMMANDS=ON', 'bear -- make' or 'pcarch build -- make', "
		"or name its directory with -p DIR",
		database_name, start);
	return NULL;
}

/* Cut `dir` to the deepest directory that holds `path` too. */
static void widen(char *dir, const char *path)
{
	while (!path_is_within(path, dir)) {
		char *slash = strrchr(dir, '/');

		slash[slash == dir] = '\0';
	}
}

const char *units_root(struct arena *arena, const struct unit_list *list,
	const char *database)
{
	const char *home = database ? directory_of(arena, database) : NULL;
	char *sources = arena_strdup(arena, directory_of(arena, list->units[0].file));
	char *both;

	/* The list is sorted: what its ends share, all share. */
	widen(sources, list->units[list->nunits - 1].file);
	if (!home)
		return sources;
	both = arena_strdup(arena, sources);
	widen(both, home);
	if (strcmp(both, home) == 0)
		return home;
	if (strcmp(both, "/") != 0)
		return both;
	return strcmp(sources, "/") != 0 ? sources : home;
}
