#include "cli/log_print.h"

#include "cli/stack_names.h"
#include "core/event_json.h"
#include "core/log_lines.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "core/timestamp.h"
#include "diff/event_text.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

enum {
	TERMINAL_EVENTS = 50, /* printed on a terminal without --limit */
	ROWS_AT_ONCE = 1000, /* that share their columns; so memory does not grow */
};

size_t log_print_limit(unsigned given)
{
	if (given == UINT32_MAX)
		return terminal_is(stdout) ? TERMINAL_EVENTS : SIZE_MAX;
	return given ? given : SIZE_MAX;
}

enum style log_print_style(const struct event *event)
{
	static const enum style styles[EVENT_LEVELS] = {
		[EVENT_TRACE] = STYLE_DIM,
		[EVENT_DEBUG] = STYLE_DIM,
		[EVENT_INFO] = STYLE_PLAIN,
		[EVENT_WARN] = STYLE_WARN,
		[EVENT_ERROR] = STYLE_BAD,
		[EVENT_FATAL] = STYLE_BAD,
	};

	return styles[event->level];
}

static void flush(struct log_print *print)
{
	table_print(&print->table, stdout);
	table_release(&print->table);
	arena_release(&print->arena);
}

static void print_row(struct log_print *print, const char *file,
	const struct event *event)
{
	scoped_text details = {0};
	char time[TIMESTAMP_SIZE];

	print->table.arena = &print->arena;
	timestamp_print(event->time_ns, 3, time);
	event_details(event, &details);
	table_row(&print->table, 0);
	table_cell(&print->table, STYLE_DIM, "%s", time);
	table_cell(&print->table, log_print_style(event), "%s", event->level_name);
	if (print->wants_file)
		table_path(&print->table, file);
	else
		table_cell(&print->table, STYLE_PLAIN, "%s", event->service);
	table_cell(&print->table, STYLE_NAME, "%s", event->event);
	table_cell(&print->table, STYLE_PLAIN, "%s",
		event->command ? event->command
		: event->route ? event->route
			       : "-");
	table_cell(&print->table, STYLE_PLAIN, "%s", text_string(&details));
	if (print->table.nrows == ROWS_AT_ONCE)
		flush(print);
}

/* A block's line: "  key  value", one for each value. */
static void print_member(const char *key, const char *path, const char *value)
{
	scoped_text name = {0};

	text_printf(&name, "%s%s%s", key, *path && *path != '[' ? "." : "", path);
	printf("    %s", style_on(stdout, STYLE_DIM));
	terminal_print(stdout, text_string(&name));
	printf("%s%*s", style_off(stdout), name.len < 16 ? (int)(16 - name.len) : 1, "");
	terminal_print(stdout, value);
	putchar('\n');
}

/* An event that is printed as a block. */
struct block {
	const struct event *event;
	struct stack_names *names;
	const char *key; /* of the member that is printed */
};

static void print_value(void *context, const char *path, const char *value)
{
	const struct block *block = context;
	bool is_frame = strcmp(block->key, "error") == 0 &&
			strncmp(path, "stack[", strlen("stack[")) == 0;
	const char *name =
		is_frame && block->names ? stack_names_of(block->names, value) : NULL;
	scoped_text both = {0};

	if (name)
		text_printf(&both, "%s  %s", name, value);
	print_member(block->key, path, name ? text_string(&both) : value);
}

/* Told in the first line of the block, or of no use to people. */
static bool is_told(const char *key)
{
	static const char *const told[] = {"level", "timestamp", "service", "event",
		"duration_ms", "command", "h", "epoch", "mono_ns"};

	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (strcmp(told[i], key) == 0)
			return true;
	return false;
}

static void print_members(void *context, const char *key)
{
	struct block *block = context;

	block->key = key;
	if (!is_told(key))
		event_json_values(block->event, key, print_value, block);
}

static void print_block(const struct event *event, struct stack_names *names)
{
	struct block block = {.event = event, .names = names};
	enum style style = log_print_style(event);
	char time[TIMESTAMP_SIZE];

	timestamp_print(event->time_ns, 6, time);
	printf("%s  %s%-5s%s  %s", time, style_on(stdout, style),
		event_level_names[event->level], style_off(stdout),
		style_on(stdout, STYLE_BOLD));
	terminal_print(stdout, event->event);
	printf("%s  ", style_off(stdout));
	terminal_print(stdout, event->command ? event->command : event->service);
	if (event->duration_ms >= 0)
		printf("  %.3f ms", event->duration_ms);
	putchar('\n');
	event_json_members(event, print_members, &block);
	putchar('\n');
}

void log_print_event(struct log_print *print, const char *file,
	const struct log_line *line, const struct event *event)
{
	if (print->nprinted == print->limit) {
		print->nhidden++;
		return;
	}
	print->nprinted++;
	switch (print->format) {
	case LOG_FORMAT_TEXT:
		print_row(print, file, event);
		break;
	case LOG_FORMAT_JSON:
		fwrite(line->bytes, 1, line->len, stdout);
		putchar('\n');
		break;
	default:
		print_block(event, print->names);
	}
}

void log_print_end(struct log_print *print)
{
	flush(print);
	fflush(stdout);
	if (print->nhidden)
		fprintf(stderr, "... and %zu more; --limit=0 prints all\n",
			print->nhidden);
}
