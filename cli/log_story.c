#include "cli/log_story.h"

#include "cli/log.h"
#include "cli/log_files.h"
#include "core/arena.h"
#include "core/dynamic_json.h"
#include "core/dynamic_trace.h"
#include "core/text.h"

static bool open_sources(struct story *story, struct arena *arena, char **operands,
	struct error *err)
{
	struct story_source *sources;
	struct log_files files;

	if (!log_files_find(arena, LOG_FILES_AGAIN, operands, &files, err))
		return false;
	sources = arena_alloc(arena, files.count * sizeof(*sources));
	for (size_t i = 0; i < files.count; i++) {
		struct dynamic_trace *trace;

		sources[i].path = files.paths[i];
		if (!text_has_suffix(files.paths[i], ".json"))
			continue;
		trace = arena_alloc(arena, sizeof(*trace));
		if (!dynamic_json_read(arena, files.paths[i], trace, err))
			return false;
		sources[i].trace = trace;
	}
	story->sources = sources;
	story->nsources = files.count;
	return true;
}

bool log_story_find(struct story *story, struct arena *arena, const char *command,
	char **operands)
{
	struct log_skipped skipped = {.count = 0};
	struct error err, first;

	story->skipped = &first;
	if (!open_sources(story, arena, operands, &err) || !story_find(story, &err)) {
		error_print(&err, command);
		return false;
	}
	if (story->nskipped)
		log_skip(&skipped, &first);
	skipped.count = story->nskipped;
	log_skipped_warn(&skipped, command);
	return true;
}

const char *log_story_span(const struct story *story, const struct story_entry *entry)
{
	const struct dynamic_trace *all = story->sources[entry->file].trace;

	return entry->span->name ? entry->span->name
				 : all->functions[entry->span->function].name;
}
