/* A story from the files that a command is given: logs, and traces of 'pcarch trace'. */
#ifndef PCARCH_CLI_LOG_STORY_H
#define PCARCH_CLI_LOG_STORY_H

#include "core/error.h"
#include "diff/story.h"

#include <stdbool.h>

struct arena;

/*
 * Find the story of `story->filter` in the operands; those that end in .json are
 * dynamic.json. False: the message of `command` was printed. What is passed over was
 * warned of. Release it in any case.
 */
bool log_story_find(struct story *story, struct arena *arena, const char *command,
	char **operands);

/* "span NAME", and what is known of it. */
const char *log_story_span(const struct story *story, const struct story_entry *entry);

#endif
