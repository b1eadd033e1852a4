#include "core/compdb_merge.h"

#include "core/arena.h"
#include "core/text.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What a command compiles to what: a second one for the same comes from a second run. */
struct task {
	const char *file; /* absolute, symlinks resolved */
	const char *output; /* from the root, too; "" where the command names none */
};

const char *compile_output(const char *const *words, size_t nwords)
{
	const char *output = "";

	for (size_t i = 1; i < nwords; i++) {
		if (!text_has_prefix(words[i], "-o"))
			continue;
		if (words[i][2])
			output = words[i] + 2;
		else if (i + 1 < nwords)
			output = words[++i];
	}
	return *output ? output : NULL;
}

static const char *join(struct arena *arena, const char *directory, const char *path)
{
	return path[0] == '/' ? path : arena_printf(arena, "%s/%s", directory, path);
}

/* False when the source or the directory does not exist. */
static bool find_task(struct arena *arena, const char *base,
	const struct compile_command *command, struct task *out)
{
	const char *directory = join(arena, base, command->directory);
	const char *output =
		command->output ? command->output
				: compile_output(command->arguments, command->narguments);
	char real[PATH_MAX];
	struct stat st;

	if (!realpath(join(arena, directory, command->file), real) ||
		stat(real, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	out->file = arena_strdup(arena, real);
	if (!realpath(directory, real))
		return false;
	out->output = output ? join(arena, arena_strdup(arena, real), output) : "";
	return true;
}

static int compare_tasks(const void *left, const void *right)
{
	const struct task *a = left, *b = right;
	int order = strcmp(a->file, b->file);

	return order ? order : strcmp(a->output, b->output);
}

static int compare_words(const struct compile_command *a, const struct compile_command *b)
{
	for (size_t i = 0; i < a->narguments && i < b->narguments; i++) {
		int order = strcmp(a->arguments[i], b->arguments[i]);

		if (order)
			return order;
	}
	return (a->narguments > b->narguments) - (a->narguments < b->narguments);
}

/* "output" says no more than the arguments do. */
static int compare_commands(const void *left, const void *right)
{
	const struct compile_command *a = left, *b = right;
	int order = strcmp(a->file, b->file);

	if (!order)
		order = compare_words(a, b);
	return order ? order : strcmp(a->directory, b->directory);
}

static size_t sort_unique(struct compile_command *commands, size_t n)
{
	size_t kept = 0;

	qsort(commands, n, sizeof(*commands), compare_commands);
	for (size_t i = 0; i < n; i++)
		if (!kept || compare_commands(&commands[kept - 1], &commands[i]) != 0)
			commands[kept++] = commands[i];
	return kept;
}

/* The sorted tasks of `commands`; those that cannot be found are none. */
static struct task *list_tasks(struct arena *arena, const char *base,
	const struct compile_command *commands, size_t n, size_t *ntasks)
{
	struct task *tasks = arena_alloc(arena, n * sizeof(*tasks));

	*ntasks = 0;
	for (size_t i = 0; i < n; i++)
		*ntasks += find_task(arena, base, &commands[i], &tasks[*ntasks]);
	qsort(tasks, *ntasks, sizeof(*tasks), compare_tasks);
	return tasks;
}

void compdb_merge(struct arena *arena, const struct compdb *recorded,
	const struct compdb *old, const char *base, struct compdb_merged *out)
{
	size_t n = recorded->ncommands, ntasks;
	struct compile_command *all =
		arena_alloc(arena, (n + old->ncommands) * sizeof(*all));
	struct task *tasks, task;

	if (n)
		memcpy(all, recorded->commands, n * sizeof(*all));
	n = sort_unique(all, n);
	*out = (struct compdb_merged){.nrecorded = n};
	tasks = list_tasks(arena, base, all, n, &ntasks);
	for (size_t i = 0; i < old->ncommands; i++) {
		if (!find_task(arena, base, &old->commands[i], &task))
			out->ngone++;
		else if (!bsearch(&task, tasks, ntasks, sizeof(task), compare_tasks))
			all[n++] = old->commands[i];
	}
	out->db = (struct compdb){all, sort_unique(all, n)};
	out->nkept = out->db.ncommands - out->nrecorded;
}
