#include "cli/show.h"

#include "cli/known_name.h"
#include "core/arena.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "core/trace_names.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

enum {
	MAX_PLACES = 24 /* in a row, where rows are limited */
};

static struct known_names names_of(struct show *show)
{
	return (struct known_names){"show", show->file, &show->program, show->arena};
}

bool show_find_function(struct show *show, const char *spelled, uint32_t *out)
{
	struct known_names names = names_of(show);

	return known_function(&names, spelled, out);
}

bool show_find_module(struct show *show, const char *spelled, uint32_t *out)
{
	struct known_names names = names_of(show);

	return known_module(&names, spelled, out);
}

bool show_row(struct show *show)
{
	return show->nrows++ < show->limit;
}

void show_title(struct show *show, const char *fmt, ...)
{
	va_list args;

	if (show->is_json || !terminal_is(stdout))
		return;
	va_start(args, fmt);
	table_line(&show->table, 0, STYLE_BOLD, "%s",
		arena_vprintf(show->arena, fmt, args));
	va_end(args);
}

void show_flush(struct show *show)
{
	table_print(&show->table, stdout);
	table_release(&show->table);
	fflush(stdout); /* a failure sticks to the stream, where main() finds it */
}

void show_say(const char *fmt, ...)
{
	char line[1024];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	terminal_print(stderr, line);
	fputc('\n', stderr);
}

const char *show_plural(size_t count)
{
	return count == 1 ? "" : "s";
}

const char *show_place(const struct show *show, const char *file, unsigned line)
{
	if (!*file)
		return "(declared nowhere)";
	return line ? arena_printf(show->arena, "%s:%u", file, line) : file;
}

const char *show_site_places(const struct show *show, struct index_list sites)
{
	const struct call_site *before = NULL;
	scoped_text places = {0};

	for (size_t i = 0; i < sites.count; i++) {
		const struct call_site *site = &show->trace->sites[sites.items[i]];

		if (i == MAX_PLACES && show->limit != SIZE_MAX) {
			text_printf(&places, " and %zu more", sites.count - i);
			break;
		}
		if (!before || strcmp(before->file, site->file) != 0)
			text_printf(&places, "%s%s:%u", before ? " " : "", site->file,
				site->line);
		else if (before->line != site->line)
			text_printf(&places, ",%u", site->line);
		before = site;
	}
	return arena_strdup(show->arena, text_string(&places));
}

const char *show_call_places(const struct show *show, struct index_list calls)
{
	uint32_t *sites = arena_alloc(show->arena, calls.count * sizeof(*sites));
	size_t nsites = 0;

	for (size_t i = 0; i < calls.count; i++) {
		uint32_t site = show->trace->calls[calls.items[i]].site;

		if (site != TRACE_NONE)
			sites[nsites++] = site;
	}
	return show_site_places(show, (struct index_list){sites, nsites});
}

const char *show_expression(const struct show *show, const struct call_site *site)
{
	const char *kind = callee_expression_names[site->expression];

	if (!site->expression_name)
		return kind;
	return arena_printf(show->arena, "%s '%s'", kind, site->expression_name);
}

void show_function_cells(struct show *show, uint32_t function)
{
	const struct function *fn = &show->trace->functions[function];

	table_cell(&show->table, STYLE_NAME, "%s", fn->name);
	table_cell(&show->table, STYLE_PLACE, "%s", show_place(show, fn->file, fn->line));
}

struct json_writer *show_json(struct show *show, const char *what)
{
	json_open(&show->json, stdout);
	json_begin_line_object(&show->json);
	json_member_string(&show->json, "row", what);
	return &show->json;
}

void show_json_end(struct show *show)
{
	json_end_object(&show->json);
	json_close(&show->json); /* main() asks stdout whether a write failed */
}

void show_json_function(struct json_writer *json, const struct show *show,
	uint32_t function)
{
	const struct function *fn = &show->trace->functions[function];

	json_member_uint(json, "id", function);
	json_member_string(json, "module", fn->module);
	json_member_string(json, "function", fn->name);
	json_member_uint(json, "arity", fn->arity);
	json_member_string(json, "file", fn->file);
	json_member_uint(json, "line", fn->line);
	json_member_string(json, "type", function_type_names[fn->type]);
}

void show_json_places(struct json_writer *json, const struct show *show,
	struct index_list calls)
{
	json_key(json, "sites");
	json_begin_array(json);
	for (size_t i = 0; i < calls.count; i++) {
		uint32_t id = show->trace->calls[calls.items[i]].site;
		const struct call_site *site;

		if (id == TRACE_NONE)
			continue;
		site = &show->trace->sites[id];
		json_begin_line_object(json);
		json_member_uint(json, "id", id);
		json_member_string(json, "file", site->file);
		json_member_uint(json, "line", site->line);
		json_member_uint(json, "column", site->column);
		json_end_object(json);
	}
	json_end_array(json);
}
