/* What a name that people give means, or what to say when it is none or several. */
#include "cli/show.h"

#include "cli/command.h"
#include "core/function_name.h"
#include "core/suggest.h"
#include "core/terminal_text.h"

#include <string.h>

enum {
	MAX_CANDIDATES = 20
};

static void list_functions(const struct show *show, struct index_list found)
{
	struct table table = {.arena = show->arena};

	for (size_t i = 0; i < found.count && i < MAX_CANDIDATES; i++) {
		const struct function *fn = &show->trace->functions[found.items[i]];

		table_row(&table, 2);
		table_cell(&table, STYLE_NAME, "%s",
			function_name_unique(&show->program, show->arena,
				found.items[i]));
		table_cell(&table, STYLE_PLACE, "%s",
			show_place(show, fn->file, fn->line));
	}
	if (found.count > MAX_CANDIDATES)
		table_line(&table, 2, STYLE_PLAIN, "... and %zu more",
			found.count - MAX_CANDIDATES);
	table_print(&table, stderr);
	table_release(&table);
}

static void list_modules(const struct show *show, struct index_list found)
{
	for (size_t i = 0; i < found.count && i < MAX_CANDIDATES; i++) {
		fputs("  ", stderr);
		terminal_print(stderr, show->program.modules[found.items[i]]);
		fputc('\n', stderr);
	}
	if (found.count > MAX_CANDIDATES)
		fprintf(stderr, "  ... and %zu more\n", found.count - MAX_CANDIDATES);
}

static void unknown_function(const struct show *show, const char *spelled)
{
	const char *colon = strrchr(spelled, ':');
	struct suggestion suggestion = {.word = colon ? colon + 1 : spelled};
	bool is_line = colon && colon[1 + strspn(colon + 1, "0123456789")] == '\0';

	for (size_t i = 0; i < show->trace->nfunctions && !is_line; i++)
		suggestion_offer(&suggestion, show->trace->functions[i].name);
	if (is_line)
		usage_error("show", "no function of '%s' stands at '%s'", show->file,
			spelled);
	else if (suggestion.nearest && strcmp(suggestion.nearest, suggestion.word) == 0)
		usage_error("show",
			"'%s' has a function '%s', but not at '%s'; 'pcarch show function "
			"%s' says where",
			show->file, suggestion.nearest, spelled, suggestion.nearest);
	else if (suggestion.nearest)
		usage_error("show", "'%s' has no function '%s'; did you mean '%s'?",
			show->file, spelled, suggestion.nearest);
	else
		usage_error("show",
			"'%s' has no function '%s'; name it as NAME, FILE:NAME or "
			"FILE:LINE",
			show->file, spelled);
}

bool show_find_function(struct show *show, const char *spelled, uint32_t *out)
{
	struct index_list found =
		function_name_find(&show->program, show->arena, spelled);

	if (found.count == 1) {
		*out = found.items[0];
		return true;
	}
	if (!found.count) {
		unknown_function(show, spelled);
		return false;
	}
	usage_error("show", "'%s' may be any of %zu functions; say which:", spelled,
		found.count);
	list_functions(show, found);
	return false;
}

bool show_find_module(struct show *show, const char *spelled, uint32_t *out)
{
	struct index_list found = module_name_find(&show->program, show->arena, spelled);
	struct suggestion suggestion = {.word = spelled};

	if (found.count == 1) {
		*out = found.items[0];
		return true;
	}
	if (found.count) {
		usage_error("show", "'%s' may be any of %zu modules; say which:", spelled,
			found.count);
		list_modules(show, found);
		return false;
	}
	for (size_t i = 0; i < show->program.nmodules; i++) {
		const char *module = show->program.modules[i];
		const char *slash = strrchr(module, '/');

		suggestion_offer(&suggestion, module);
		suggestion_offer(&suggestion, slash ? slash + 1 : module);
	}
	if (suggestion.nearest)
		usage_error("show", "'%s' has no module '%s'; did you mean '%s'?",
			show->file, spelled, suggestion.nearest);
	else
		usage_error("show",
			"'%s' has no module '%s'; a module is a source file without its "
			"extension",
			show->file, spelled);
	return false;
}
