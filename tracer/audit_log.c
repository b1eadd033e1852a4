#include "tracer/audit_log.h"

#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/error.h"
#include "core/file.h"
#include "tracer/audit/audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_OBJECTS = 4096
};

struct reading {
	struct dynamic_builder *builder;
	uint32_t run;
	struct arena arena;
	const char *names[MAX_OBJECTS]; /* without directories; NULL: not told */
	struct loaded_object loaded[MAX_OBJECTS];
	size_t nloaded;
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool read_object(struct reading *reading, const char *line)
{
	unsigned number;
	int at = 0;

	if (sscanf(line, "object %u %n", &number, &at) != 1 || !at ||
		number >= MAX_OBJECTS || reading->nloaded == MAX_OBJECTS)
		return false;
	reading->names[number] = base_name(line + at);
	if (reading->names[number][0])
		reading->loaded[reading->nloaded++].name = reading->names[number];
	return true;
}

static void add_call(struct reading *reading, unsigned from, unsigned to,
	const char *symbol)
{
	const struct function caller = {.module = reading->names[from],
		.name = "",
		.file = "",
		.type = FUNCTION_UNKNOWN};
	const struct function callee = {.module = reading->names[to],
		.name = symbol,
		.file = "",
		.type = FUNCTION_EXTERNAL};
	const struct observed_call call = {
		.caller = dynamic_builder_function(reading->builder, &caller),
		.callee = dynamic_builder_function(reading->builder, &callee),
	};

	dynamic_builder_count(reading->builder, &call,
		&(struct call_share){.run = reading->run, .count = 1});
}

static bool read_binding(struct reading *reading, const char *line)
{
	unsigned from, to;
	int at = 0;

	if (sscanf(line, "bind %u %u %n", &from, &to, &at) != 2 || !at ||
		from >= MAX_OBJECTS || to >= MAX_OBJECTS || !reading->names[from] ||
		!reading->names[to])
		return false;
	add_call(reading, from, to, line + at);
	return true;
}

static bool read_line(struct reading *reading, const char *line)
{
	return line[0] == 'o' ? read_object(reading, line) : read_binding(reading, line);
}

static void add_process(struct reading *reading, unsigned pid, unsigned parent,
	uint64_t start_ns)
{
	struct process process = {
		.id = arena_printf(&reading->arena, "%08x%016" PRIx64, pid, start_ns),
		.run = reading->run,
		.pid = pid,
		.parent = parent,
		.program = reading->names[0] ? reading->names[0] : "",
		.mode = PROCESS_AUDIT,
		.start_us = start_ns / 1000,
		.status = -1,
		.objects = reading->loaded,
		.nobjects = reading->nloaded,
	};

	if (process.start_us > DYNAMIC_MAX)
		process.start_us = 0;
	dynamic_builder_process(reading->builder, &process);
}

static bool read_text(struct reading *reading, const char *path, struct error *err)
{
	uint64_t start_ns;
	unsigned pid, parent;
	char *text = file_read(&reading->arena, path, NULL, err), *rest = text;

	if (!text)
		return false;
	if (sscanf(text, AUDIT_HEAD " %u %u %" SCNu64, &pid, &parent, &start_ns) != 3)
		return error_set(err, (struct location){path, 0, 0},
			"this is no list of what a program bound");
	strsep(&rest, "\n");
	/* The last line has its end, too, or was cut off. */
	while (rest && strchr(rest, '\n') && read_line(reading, strsep(&rest, "\n")))
		;
	add_process(reading, pid, parent, start_ns);
	return true;
}

bool audit_log_read(struct dynamic_builder *builder, const char *path, uint32_t run,
	struct error *err)
{
	struct reading *reading = xmalloc(sizeof(*reading));
	bool ok;

	*reading = (struct reading){.builder = builder, .run = run};
	ok = read_text(reading, path, err);
	arena_release(&reading->arena);
	free(reading);
	return ok;
}
