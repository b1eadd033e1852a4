#include "cli/known_name.h"

#include "cli/command.h"
#include "cli/table.h"
#include "core/arena.h"
#include "core/function_name.h"
#include "core/program.h"
#include "core/suggest.h"
#include "core/terminal_text.h"
#include "core/trace.h"

#include <string.h>

enum {
	MAX_CANDIDATES = 20
};

static void list_functions(const struct known_names *names, struct index_list found)
{
	struct table table = {.arena = names->arena};

	for (size_t i = 0; i < found.count && i < MAX_CANDIDATES; i++) {
		const struct function *fn =
			&names->program->trace->functions[found.items[i]];

		table_row(&table, 2);
		table_cell(&table, STYLE_NAME, "%s",
			function_name_unique(names->program, names->arena,
				found.items[i]));
		if (*fn->file)
			table_cell(&table, STYLE_PLACE, "%s:%u", fn->file, fn->line);
	}
	if (found.count > MAX_CANDIDATES)
		table_line(&table, 2, STYLE_PLAIN, "... and %zu more",
			found.count - MAX_CANDIDATES);
	table_print(&table, stderr);
	table_release(&table);
}

static void list_modules(const struct known_names *names, struct index_list found)
{
	for (size_t i = 0; i < found.count && i < MAX_CANDIDATES; i++) {
		fputs("  ", stderr);
		terminal_print(stderr, names->program->modules[found.items[i]]);
		fputc('\n', stderr);
	}
	if (found.count > MAX_CANDIDATES)
		fprintf(stderr, "  ... and %zu more\n", found.count - MAX_CANDIDATES);
}

static void unknown_function(const struct known_names *names, const char *spelled)
{
	const char *colon = strrchr(spelled, ':');
	struct suggestion suggestion = {.word = colon ? colon + 1 : spelled};
	bool is_line = colon && colon[1 + strspn(colon + 1, "0123456789")] == '\0';

	for (size_t i = 0; i < names->program->trace->nfunctions && !is_line; i++)
		suggestion_offer(&suggestion, names->program->trace->functions[i].name);
	if (is_line)
		usage_error(names->command, "no function of '%s' stands at '%s'",
			names->file, spelled);
	else if (suggestion.nearest && strcmp(suggestion.nearest, suggestion.word) == 0)
		usage_error(names->command,
			"'%s' has a function '%s', but not at '%s'; 'pcarch show function "
			"%s' says where",
			names->file, suggestion.nearest, spelled, suggestion.nearest);
	else if (suggestion.nearest)
		usage_error(names->command,
			"'%s' has no function '%s'; did you mean '%s'?", names->file,
			spelled, suggestion.nearest);
	else
		usage_error(names->command,
			"'%s' has no function '%s'; name it as NAME, FILE:NAME or "
			"FILE:LINE",
			names->file, spelled);
}

bool known_function(const struct known_names *names, const char *spelled, uint32_t *out)
{
	struct index_list found =
		function_name_find(names->program, names->arena, spelled);

	if (found.count == 1) {
		*out = found.items[0];
		return true;
	}
	if (!found.count) {
		unknown_function(names, spelled);
		return false;
	}
	usage_error(names->command,
		"'%s' may be any of %zu functions; say which:", spelled, found.count);
	list_functions(names, found);
	return false;
}

bool known_module(const struct known_names *names, const char *spelled, uint32_t *out)
{
	struct index_list found = module_name_find(names->program, names->arena, spelled);
	struct suggestion suggestion = {.word = spelled};

	if (found.count == 1) {
		*out = found.items[0];
		return true;
	}
	if (found.count) {
		usage_error(names->command,
			"'%s' may be any of %zu modules; say which:", spelled,
			found.count);
		list_modules(names, found);
		return false;
	}
	for (size_t i = 0; i < names->program->nmodules; i++) {
		const char *module = names->program->modules[i];
		const char *slash = strrchr(module, '/');

		suggestion_offer(&suggestion, module);
		suggestion_offer(&suggestion, slash ? slash + 1 : module);
	}
	if (suggestion.nearest)
		usage_error(names->command, "'%s' has no module '%s'; did you mean '%s'?",
			names->file, spelled, suggestion.nearest);
	else
		usage_error(names->command,
			"'%s' has no module '%s'; a module is a source file without its "
			"extension",
			names->file, spelled);
	return false;
}
