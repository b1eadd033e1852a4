#include "analyzer/cache/cache.h"
#include "analyzer/compile/units.h"
#include "analyzer/rules/rules.h"
#include "analyzer/workers/extractor.h"
#include "cli/checkup.h"
#include "cli/command.h"
#include "core/arena.h"
#include "core/compdb_json.h"
#include "core/error.h"
#include "core/text.h"

#include <stdio.h>

extern const struct command cmd_doctor;

static const char *database_dir;

static const struct option *doctor_options(void)
{
	static const struct option options[] = {
		{'p', "database", OPTION_DIR, &database_dir, "DIR",
			"the directory of compile_commands.json", NULL, 0, 0},
		{0},
	};

	return options;
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void check_rules(struct checkup *checkup, const char *root)
{
	struct rules_request request = {root, NULL, 0};
	scoped_rules rules = {0};
	struct error err = {0};

	if (!rules_load(checkup->arena, &request, &rules, &err))
		checkup_line(checkup, CHECK_FAIL, "rules",
			"'pcarch validate' on the file lists all that is wrong in it",
			"%s:%u: %s", err.at.file ? err.at.file : RULES_PROJECT_FILE,
			err.at.line, err.text);
	else if (rules.project_file)
		checkup_line(checkup, CHECK_OK, "rules", NULL, "%s", rules.project_file);
	else
		checkup_line(checkup, CHECK_OK, "rules", NULL,
			"those that ship with pcarch; no %s in %s", RULES_PROJECT_FILE,
			root);
}

static void check_database(struct checkup *checkup, const char *start)
{
	struct error err = {0};
	struct compdb db;
	struct unit_list units;
	const char *path = units_find_database(checkup->arena, start, &err);

	if (!path) {
		checkup_line(checkup, CHECK_FAIL, "database",
			"'pcarch build -- make', 'bear -- make' or cmake make one", "%s",
			err.text);
		return;
	}
	if (!compdb_read(checkup->arena, path, &db, &err) ||
		!units_from_database(checkup->arena, &db, path, &units, &err)) {
		checkup_line(checkup, CHECK_FAIL, "database", "make the database again",
			"%s%s%s", err.at.file ? err.at.file : "", err.at.file ? ": " : "",
			err.text);
		return;
	}
	checkup_line(checkup, CHECK_OK, "database", NULL,
		"%s, %zu unit%s, %zu duplicate%s, %zu command%s that compile%s no C",
		path, units.nunits, plural(units.nunits), units.nduplicates,
		plural(units.nduplicates), units.nskipped, plural(units.nskipped),
		units.nskipped == 1 ? "s" : "");
	checkup_units(checkup, &units, path);
	check_rules(checkup, units_root(checkup->arena, &units, path));
}

static void check_extractor(struct checkup *checkup)
{
	struct extractor_state state = {0};
	const struct extractor *extractor;
	struct error err = {0};
	scoped_text module = {0};

	extractor_find(&module);
	state.module = text_string(&module);
	extractor = extractor_load(&err);
	if (extractor) {
		state.version = extractor->version();
		state.library = extractor->library();
	}
	if (!extractor || !extractor->probe(&err))
		state.problem = err.text;
	checkup_extractor(checkup, &state);
}

static void check_cache(struct checkup *checkup)
{
	struct error err;
	const char *directory = cache_default_directory(checkup->arena, &err);

	if (directory)
		checkup_cache(checkup, directory);
	else
		checkup_line(checkup, CHECK_WARN, "cache", "set PCARCH_CACHE_DIR", "%s",
			err.text);
}

static int doctor_main(int argc, char **argv)
{
	struct arena arena = {0};
	struct checkup checkup = {.arena = &arena};
	int code = options_parse(&cmd_doctor, &argc, &argv);

	if (code >= 0)
		return code;
	if (argc > 1 || (argc == 1 && database_dir))
		return usage_error("doctor", "give one directory, or -p DIR");
	check_database(&checkup, argc == 1 ? argv[0] : database_dir ? database_dir : ".");
	check_extractor(&checkup);
	check_cache(&checkup);
	checkup_stack(&checkup);
	printf("%zu failed, %zu warning%s\n", checkup.nfailures, checkup.nwarnings,
		plural(checkup.nwarnings));
	arena_release(&arena);
	return checkup.nfailures ? EXIT_USAGE : EXIT_CLEAN;
}

const struct command cmd_doctor = {
	.name = "doctor",
	.args = "[options] [DIR]",
	.summary = "check what a scan needs, and say how to mend it",
	.description =
		"One line for each thing that is checked: the compile database and its age, "
		"the sources, headers and response files that it names, its compilers, "
		"the project's rules, libclang, the cache and the stack. A warning means that a scan works and "
		"misses something; a failure, that it does not work, and the exit code is 2.",
	.examples = "  pcarch doctor\n  pcarch doctor -p build\n",
	.options = doctor_options,
	.run = doctor_main,
};
