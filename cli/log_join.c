/* The question `join`: all events of a story, from the logs of all who took part. */
#include "cli/log.h"

#include "cli/log_story.h"
#include "cli/stack_names.h"
#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "core/log_lines.h"

static void print_entries(struct log_print *print, const struct story *story)
{
	scoped_story_reader reader;
	struct log_line line;
	struct event event;

	story_reader_init(&reader);
	for (size_t i = 0; i < story->nentries; i++) {
		const struct story_entry *entry = &story->entries[i];

		if (!entry->span && story_read(&reader, story, entry, &line, &event))
			log_print_event(print, story->sources[entry->file].path, &line,
				&event);
	}
}

int log_join(const struct log_given *given, char **operands)
{
	struct log_print print = {.format = log_format_of(given),
		.wants_file = true,
		.limit = log_print_limit(given->limit)};
	struct arena arena = {0};
	struct story story = {.nsources = 0};
	struct stack_names names = {.binaries = NULL};
	struct error err;
	bool ok;

	if (!given->guid)
		return usage_error("log",
			"say whose story: 'pcarch log join --guid GUID LOG...'");
	if (!stack_names_open(&names, &given->binaries, &err)) {
		error_print(&err, "log");
		return EXIT_USAGE;
	}
	print.names = &names;
	ok = log_filter_of(given, &arena, &story.filter) &&
	     log_story_find(&story, &arena, "log", operands);
	if (ok)
		print_entries(&print, &story);
	if (ok && !story.nentries)
		fprintf(stderr, "no event has the GUID %s\n", story.filter.guid);
	log_print_end(&print);
	ok = ok && story.nentries;
	stack_names_close(&names);
	story_release(&story);
	arena_release(&arena);
	return ok ? EXIT_CLEAN : EXIT_USAGE;
}
