/*
 * What scripts make the pages of functions and modules from, as one JSON object of flat
 * arrays of numbers: git's 10,000 functions and 77,000 calls are 2 MB so. functions.js
 * has the same order of fields.
 */
#include "diff/html/html_page.h"

#include "core/arena.h"
#include "core/route_tree.h"
#include "core/text.h"

/* How a call is known and what its site is certified for; strings are numbers. */
struct way {
	uint32_t via, confidence, through; /* confidence in hundredths */
	uint32_t is_direct, is_open, reasons, expression;
};

/* A flag of functions beside those of the scan: calls were compiled into callers, where
 * they are counted once for each run. */
enum {
	FUNCTION_WAS_INLINED = 1 << 16
};

struct data {
	struct html_page *page;
	struct html_strings files, signatures, texts;
	struct key_table ways;
	bool needs_comma;
};

static void begin(struct data *data, const char *key)
{
	markup_format(&data->page->out, ",\n\"%s\":[", key);
	data->needs_comma = false;
}

static void end(struct data *data)
{
	markup_add(&data->page->out, "]");
}

static void comma(struct data *data)
{
	if (data->needs_comma)
		markup_add(&data->page->out, ",");
	data->needs_comma = true;
}

static void add_number(struct data *data, uint64_t value)
{
	comma(data);
	markup_json_number(&data->page->out, value);
}

/* A number that may be none, which is -1. */
static void add_index(struct data *data, uint32_t value)
{
	comma(data);
	if (value == TRACE_NONE)
		markup_add(&data->page->out, "-1");
	else
		markup_json_number(&data->page->out, value);
}

static void add_string(struct data *data, const char *string)
{
	comma(data);
	markup_json(&data->page->out, string);
}

static void add_text(struct data *data, const char *text)
{
	add_number(data, html_string_number(&data->texts, text ? text : ""));
}

/* How often each function of the run was called. */
static const uint64_t *count_run(const struct html_page *page)
{
	const struct dynamic_trace *run = page->seen->run;
	uint64_t *counts = arena_alloc(page->arena, run->nfunctions * sizeof(*counts));

	for (size_t i = 0; i < run->ncalls; i++)
		counts[run->calls[i].callee] =
			dynamic_sum(counts[run->calls[i].callee], run->calls[i].count);
	return counts;
}

/* For each number of a function, the flags that the run adds. */
static const unsigned *flags_of_run(const struct html_page *page)
{
	size_t n = page->scan->nfunctions + page->nonly_ran;
	unsigned *flags = arena_alloc(page->arena, n * sizeof(*flags));

	for (size_t i = 0; i < page->seen->run->ncalls; i++) {
		const struct observed_call *call = &page->seen->run->calls[i];

		if (call->is_inlined)
			flags[page->number_of[call->callee]] = FUNCTION_WAS_INLINED;
	}
	return flags;
}

static void write_functions(struct data *data)
{
	const struct html_page *page = data->page;
	size_t n = page->scan->nfunctions;
	const uint64_t *counts = count_run(page);
	const unsigned *run_flags = flags_of_run(page);

	begin(data, "functions");
	for (uint32_t i = 0; i < n + page->nonly_ran; i++) {
		const struct function *fn = html_page_function(page, i);
		unsigned nlines = fn->end_line > fn->line ? fn->end_line - fn->line : 0;

		add_string(data, fn->name);
		add_number(data, page->module_of[i]);
		add_number(data, html_string_number(&data->files, fn->file));
		add_number(data, fn->line);
		add_number(data, nlines);
		add_number(data, fn->type);
		add_number(data, fn->flags | run_flags[i]);
		add_number(data,
			i < n ? page->seen->ran[i] : counts[page->only_ran[i - n]]);
		add_number(data, html_string_number(&data->signatures,
					 fn->signature ? fn->signature : ""));
	}
	end(data);
}

static uint32_t reasons_of(struct data *data, const struct call_site *site)
{
	scoped_text reasons = {0};

	for (size_t i = 0; i < site->nreasons; i++) {
		text_add(&reasons, i ? "; " : "");
		text_add(&reasons, site->reasons[i]);
	}
	return html_string_number(&data->texts, text_string(&reasons));
}

static uint32_t way_of(struct data *data, const struct call_site *site,
	const struct call *call)
{
	static const struct call_site no_site = {.is_direct = true};
	const char *through = call && call->through ? call->through : "";
	const char *expression;
	struct way way = {0};

	site = site ? site : &no_site;
	expression = site->expression_name ? site->expression_name : "";
	way.via = html_string_number(&data->texts, call ? call->via : "");
	way.confidence = call ? (uint32_t)(call->confidence * 100 + 0.5) : 0;
	way.through = html_string_number(&data->texts, through);
	way.is_direct = site->is_direct;
	way.is_open = site->state == SITE_OPEN;
	way.reasons = reasons_of(data, site);
	way.expression = html_string_number(&data->texts, expression);
	return key_table_add(&data->ways, &way, NULL);
}

/* A call, or a site that calls nothing that is known; lines as steps from the last one.
 */
static void add_call(struct data *data, unsigned *line, const struct call_site *site,
	const struct call *call)
{
	const struct html_page *page = data->page;
	unsigned at = site ? site->line : *line;

	comma(data);
	if (at < *line)
		markup_add(&data->page->out, "-");
	markup_json_number(&data->page->out, at < *line ? *line - at : at - *line);
	add_index(data, call ? call->callee : (uint32_t)TRACE_NONE);
	add_number(data, way_of(data, site, call));
	add_number(data, call ? page->seen->seen[call - page->scan->calls] : 0);
	*line = at;
}

static void add_calls_of(struct data *data, uint32_t function)
{
	const struct static_trace *scan = data->page->scan;
	const struct program *program = data->page->seen->program;
	struct index_list sites = program_sites_in(program, function);
	struct index_list from = program_calls_from(program, function);
	unsigned line = scan->functions[function].line;

	for (size_t i = 0; i < sites.count; i++) {
		const struct call_site *site = &scan->sites[sites.items[i]];
		struct index_list at = program_calls_at(program, sites.items[i]);

		for (size_t j = 0; j < at.count; j++)
			add_call(data, &line, site, &scan->calls[at.items[j]]);
		if (!at.count)
			add_call(data, &line, site, NULL);
	}
	for (size_t i = 0; i < from.count; i++)
		if (scan->calls[from.items[i]].site == TRACE_NONE)
			add_call(data, &line, NULL, &scan->calls[from.items[i]]);
}

static void write_calls(struct data *data)
{
	begin(data, "calls");
	for (uint32_t i = 0; i < data->page->scan->nfunctions; i++) {
		comma(data);
		markup_add(&data->page->out, "[");
		data->needs_comma = false;
		add_calls_of(data, i);
		end(data);
		data->needs_comma = true;
	}
	end(data);
}

static void write_ways(struct data *data)
{
	begin(data, "ways");
	for (uint32_t i = 0; i < data->ways.count * (sizeof(struct way) / 4); i++)
		add_number(data, ((const uint32_t *)(void *)data->ways.keys)[i]);
	end(data);
}

/* The calls that only the run shows. */
static void write_only(struct data *data)
{
	const struct html_page *page = data->page;

	begin(data, "only");
	for (size_t i = 0; i < page->seen->ncalls; i++) {
		const struct runtime_call *call = &page->seen->calls[i];
		const struct observed_call *observed =
			&page->seen->run->calls[call->observed];

		add_index(data, call->from == TRACE_NONE ? (uint32_t)TRACE_NONE
							 : page->number_of[call->from]);
		add_number(data, page->number_of[call->to]);
		add_number(data, call->verdict);
		add_number(data, call->count);
		add_number(data, observed->line);
		add_text(data, observed->file);
		add_text(data, observed->through ? observed->through
						 : call_root_names[observed->root]);
		add_text(data, call->object);
		add_text(data, call->because);
		add_text(data, call->advice);
	}
	end(data);
}

static void write_routes(struct data *data)
{
	const struct html_page *page = data->page;
	scoped_text name = {0};

	begin(data, "routes");
	for (size_t i = 0; i < page->scan->nroutes; i++) {
		text_clear(&name);
		route_name(&page->scan->routes[i], &name);
		add_string(data, text_string(&name));
		add_index(data, page->scan->routes[i].handler);
	}
	end(data);
	begin(data, "entries");
	for (size_t i = 0; i < page->scan->nentry_points; i++) {
		add_string(data, page->scan->entry_points[i].id);
		add_number(data, page->scan->entry_points[i].function);
	}
	end(data);
}

static void write_dead(struct data *data)
{
	const struct comparison *seen = data->page->seen;

	begin(data, "dead");
	for (size_t i = 0; i < seen->ndead; i++)
		add_number(data, seen->dead[i]);
	end(data);
}

static void write_strings(struct data *data, const char *key,
	const struct html_strings *strings)
{
	markup_format(&data->page->out, ",\n\"%s\":", key);
	html_strings_write(strings, &data->page->out);
}

void html_data(struct html_page *page)
{
	struct data data = {
		.page = page,
		.files.interner.arena = page->arena,
		.signatures.interner.arena = page->arena,
		.texts.interner.arena = page->arena,
		.ways.key_bytes = sizeof(struct way),
	};

	markup_format(&page->out,
		"<script type=\"application/json\" id=\"data\">{\"scanned\":%zu,"
		"\"isComplete\":%s",
		page->scan->nfunctions, page->seen->is_complete ? "true" : "false");
	write_functions(&data);
	write_calls(&data);
	write_ways(&data);
	write_only(&data);
	write_routes(&data);
	write_dead(&data);
	write_strings(&data, "modules", &page->modules);
	write_strings(&data, "files", &data.files);
	write_strings(&data, "signatures", &data.signatures);
	write_strings(&data, "texts", &data.texts);
	markup_add(&page->out, "}</script>\n");
	html_strings_release(&data.files);
	html_strings_release(&data.signatures);
	html_strings_release(&data.texts);
	key_table_release(&data.ways);
}
