#include "tracer/roots.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/record_roots.h"
#include "core/text.h"
#include "core/trace.h"
#include "tracer/run_directory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct function_root {
	const char *name, *file;
	uint32_t kind;
};

struct word {
	const char *text;
	uint32_t ways;
};

struct list {
	const struct static_trace *program;
	struct function_root *functions; /* heap */
	struct word *words; /* heap */
	size_t nfunctions, nwords, function_room, word_room;
	struct text strings;
};

static void list_release(struct list *list)
{
	free(list->functions);
	free(list->words);
	text_release(&list->strings);
}

#define scoped_list __attribute__((cleanup(list_release))) struct list

static bool is_unit(const struct static_trace *program, const char *file)
{
	for (size_t i = 0; i < program->nunits; i++)
		if (strcmp(program->units[i].file, file) == 0)
			return true;
	return false;
}

/* What a symbol table says of a local function: the unit that it was compiled in. */
static const char *unit_name(const struct static_trace *program,
	const struct function *function)
{
	const char *slash = strrchr(function->file, '/');

	if (function->type != FUNCTION_PRIVATE || !is_unit(program, function->file))
		return "";
	return slash ? slash + 1 : function->file;
}

static void add_function(struct list *list, uint32_t index, uint32_t kind)
{
	const struct function *function = &list->program->functions[index];

	list->functions = grow(list->functions, list->nfunctions, &list->function_room,
		sizeof(*list->functions));
	list->functions[list->nfunctions++] = (struct function_root){
		function->name, unit_name(list->program, function), kind};
}

static void add_word(struct list *list, const char *text, const char *match)
{
	uint32_t ways = ROOTS_EXACT;

	if (!text[0] || strlen(text) > ROOTS_MAX_WORD)
		return;
	if (strcmp(match, "icase") == 0)
		ways |= ROOTS_ANY_CASE;
	if (text_has_suffix(match, "-prefix"))
		ways |= ROOTS_BEGINNING;
	list->words =
		grow(list->words, list->nwords, &list->word_room, sizeof(*list->words));
	list->words[list->nwords++] = (struct word){text, ways};
}

static void add_route(struct list *list, const struct route *route)
{
	if (route->handler != TRACE_NONE)
		add_function(list, route->handler, ROOTS_HANDLER);
	for (size_t i = 0; i < route->nothers; i++)
		if (strcmp(route->others[i].role, "handler") == 0)
			add_function(list, route->others[i].function, ROOTS_HANDLER);
	if (route->is_default)
		return;
	for (size_t i = 0; i < route->ntokens; i++)
		add_word(list, route->tokens[i],
			i + 1 < route->ntokens ? "exact" : route->match);
	for (size_t i = 0; i < route->naliases; i++)
		add_word(list, route->aliases[i], route->match);
}

static int by_name(const void *a, const void *b)
{
	const struct function_root *left = a, *right = b;
	int order = strcmp(left->name, right->name);

	return order ? order : strcmp(left->file, right->file);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

/* Sort, and make one of those that are the same. */
static void join_functions(struct list *list)
{
	size_t n = 0;

	if (list->nfunctions)
		qsort(list->functions, list->nfunctions, sizeof(*list->functions),
			by_name);
	for (size_t i = 0; i < list->nfunctions; i++) {
		if (n && by_name(&list->functions[n - 1], &list->functions[i]) == 0)
			list->functions[n - 1].kind |= list->functions[i].kind;
		else
			list->functions[n++] = list->functions[i];
	}
	list->nfunctions = n;
}

static void join_words(struct list *list)
{
	size_t n = 0;

	if (list->nwords)
		qsort(list->words, list->nwords, sizeof(*list->words), by_text);
	for (size_t i = 0; i < list->nwords; i++) {
		if (n && strcmp(list->words[n - 1].text, list->words[i].text) == 0)
			list->words[n - 1].ways |= list->words[i].ways;
		else
			list->words[n++] = list->words[i];
	}
	list->nwords = n;
}

/* Its offset, once all that is before the strings has its size. */
static uint32_t add_string(struct list *list, const char *string)
{
	size_t at = sizeof(struct roots_header) +
		    list->nfunctions * sizeof(struct roots_function) +
		    list->nwords * sizeof(struct roots_word) + list->strings.len;

	text_add_bytes(&list->strings, string, strlen(string) + 1);
	return (uint32_t)at;
}

static void write_list(struct list *list, FILE *stream)
{
	const struct roots_header header = {
		ROOTS_MAGIC, (uint32_t)list->nfunctions, (uint32_t)list->nwords};

	fwrite(&header, sizeof(header), 1, stream);
	for (size_t i = 0; i < list->nfunctions; i++) {
		const struct function_root *from = &list->functions[i];
		struct roots_function function = {.kind = from->kind};

		function.name = add_string(list, from->name);
		function.file = add_string(list, from->file);
		fwrite(&function, sizeof(function), 1, stream);
	}
	for (size_t i = 0; i < list->nwords; i++) {
		struct roots_word word = {.ways = list->words[i].ways};

		word.text = add_string(list, list->words[i].text);
		fwrite(&word, sizeof(word), 1, stream);
	}
	add_string(list, "");
	fwrite(list->strings.bytes, list->strings.len, 1, stream);
}

bool roots_write(const struct run_directory *run, const struct static_trace *program,
	struct error *err)
{
	scoped_list list = {.program = program};
	scoped_text path = {0};
	scoped_out out = {0};

	for (size_t i = 0; i < program->nentry_points; i++)
		add_function(&list, program->entry_points[i].function, ROOTS_ENTRY);
	for (size_t i = 0; i < program->nroutes; i++)
		add_route(&list, &program->routes[i]);
	join_functions(&list);
	join_words(&list);
	text_printf(&path, "%s/%s", run->path, ROOTS_FILE);
	if (!file_create(&out, path.bytes, err))
		return false;
	write_list(&list, out.stream);
	return file_commit(&out, err);
}
