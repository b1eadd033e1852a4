#include "analyzer/compile/toolchain_answers.h"

#include "analyzer/cache/cache.h"
#include "analyzer/compile/toolchain.h"
#include "analyzer/compile/toolchain_list.h"
#include "core/arena.h"
#include "core/text.h"

#include <inttypes.h>
#include <string.h>

static struct digest question_of(const struct toolchain *toolchain)
{
	scoped_text question = {0};

	text_printf(&question, "%s %" PRIu64 " %" PRId64, toolchain->path,
		toolchain->size_bytes, toolchain->mtime_ns);
	for (size_t i = 0; i < toolchain->nflags; i++)
		text_printf(&question, " %s", toolchain->flags[i]);
	return digest_of(question.bytes, question.len);
}

/* The target ("" unknown), then the directories, each with its NUL. */
static void write_answer(const struct toolchain *toolchain, struct text *out)
{
	const char *target = toolchain->target ? toolchain->target : "";

	text_add_bytes(out, target, strlen(target) + 1);
	for (size_t i = 0; i < toolchain->ndirs; i++)
		text_add_bytes(out, toolchain->dirs[i], strlen(toolchain->dirs[i]) + 1);
}

static void read_answer(struct arena *arena, const struct text *answer,
	struct toolchain *toolchain)
{
	const char *bytes = arena_copy(arena, answer->bytes, answer->len);
	const char *end = bytes + answer->len;
	const char **dirs = arena_alloc(arena, answer->len * sizeof(*dirs));

	toolchain->target = bytes[0] ? bytes : NULL;
	toolchain->ndirs = 0;
	for (const char *at = bytes + strlen(bytes) + 1; at < end; at += strlen(at) + 1)
		dirs[toolchain->ndirs++] = at;
	toolchain->dirs = dirs;
	toolchain->is_answered = true;
}

void toolchain_answers_recall(struct arena *arena, struct cache *cache,
	struct toolchain_list *list)
{
	for (size_t i = 0; i < list->ntoolchains; i++) {
		struct toolchain *toolchain = &list->toolchains[i];
		scoped_text answer = {0};

		if (toolchain->path && !toolchain->is_answered &&
			cache_find_answer(cache, question_of(toolchain), &answer) &&
			answer.len && !answer.bytes[answer.len - 1])
			read_answer(arena, &answer, toolchain);
	}
}

void toolchain_answers_keep(struct cache *cache, const struct toolchain_list *list)
{
	for (size_t i = 0; i < list->ntoolchains; i++) {
		const struct toolchain *toolchain = &list->toolchains[i];
		scoped_text answer = {0};

		if (!toolchain->path || !toolchain->is_answered)
			continue;
		write_answer(toolchain, &answer);
		cache_store_answer(cache, question_of(toolchain), &answer);
	}
}
