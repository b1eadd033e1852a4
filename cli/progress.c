#include "cli/progress.h"

#include "cli/terminal.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <string.h>
#include <time.h>

enum {
	BAR_LEAST = 8,
	BAR_MOST = 30,
	FEW_DONE = 5, /* one slow unit of 500 would be hours */
	CURRENT_LEAST = 12, /* a shorter piece of a path says nothing */
};

static const double first_s = 1, redraw_s = 0.1, plain_s = 10;
static const double smooth_s = 3; /* the rate follows a change within some seconds */

static const char *title = "pcarch";

void progress_set_title(const char *name)
{
	title = name;
}

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void progress_start(struct progress *progress, const char *noun, size_t total,
	bool is_quiet)
{
	double now = now_s();

	*progress = (struct progress){
		.noun = noun,
		.is_quiet = is_quiet,
		.is_terminal = terminal_is_smart(stderr),
		.start_s = now,
		.drawn_s = now,
		.total = total,
		.sampled_s = now,
	};
}

/* The plain average at first, then one that forgets what is seconds old. */
static void sample_rate(struct progress *progress, double now)
{
	double elapsed = now - progress->sampled_s, since_start = now - progress->start_s;
	double tail = since_start < smooth_s ? since_start : smooth_s;
	double current;

	if (elapsed <= 0 || tail <= 0)
		return;
	current = (double)(progress->done - progress->sampled) / elapsed;
	progress->rate +=
		(current - progress->rate) * (elapsed < tail ? elapsed / tail : 1);
	progress->sampled_s = now;
	progress->sampled = progress->done;
}

static void add_rate(struct text *text, double rate)
{
	if (rate >= 10)
		text_printf(text, "%.0f/s", rate);
	else
		text_printf(text, "%.1f/s", rate);
}

static void add_time_left(struct text *text, const struct progress *progress)
{
	double left_s;
	unsigned long seconds;

	if (progress->done >= progress->total || progress->rate <= 0 ||
		(progress->done < FEW_DONE && progress->done < progress->total / 4))
		return;
	left_s = (double)(progress->total - progress->done) / progress->rate;
	if (left_s > 99 * 3600.0)
		return;
	seconds = (unsigned long)left_s + 1; /* never "0 s left" */
	if (seconds < 60)
		text_printf(text, "  %lu s left", seconds);
	else if (seconds < 3600)
		text_printf(text, "  %lu min %02lu s left", seconds / 60, seconds % 60);
	else
		text_printf(text, "  %lu h %02lu min left", seconds / 3600,
			seconds / 60 % 60);
}

static void add_bar(struct text *text, const struct progress *progress, size_t columns)
{
	double share = (double)progress->done / (double)progress->total;
	size_t full = (size_t)(share * (double)columns);

	text_add_char(text, '[');
	for (size_t i = 0; i < columns; i++) {
		if (i < full)
			text_add_char(text, '#');
		else
			text_add(text, terminal_is_utf8() ? "\u00B7" : ".");
	}
	text_add(text, "] ");
}

static size_t columns_of(const char *string)
{
	size_t columns = 0, len;

	for (; *string; string += len)
		columns += terminal_character(string, &len);
	return columns;
}

/* The end of a path says more than its beginning. */
static void add_current(struct text *text, const char *current, size_t room)
{
	const char *dots = terminal_is_utf8() ? "\u2026" : "...";
	scoped_text name = {0};
	const char *tail;
	size_t columns, len;

	terminal_escape(&name, current);
	tail = text_string(&name);
	columns = columns_of(tail);
	text_add(text, "  ");
	if (columns > room) {
		text_add(text, dots);
		columns += columns_of(dots);
	}
	for (; columns > room; tail += len)
		columns -= terminal_character(tail, &len);
	text_add(text, tail);
}

static void draw(struct progress *progress, const char *current)
{
	size_t width = terminal_columns(stderr) - 1; /* the last column would wrap */
	scoped_text line = {0}, counts = {0};
	size_t used;

	text_printf(&counts, "%zu", progress->done);
	if (progress->total)
		text_printf(&counts, "/%zu", progress->total);
	text_printf(&counts, " %s  ", progress->noun);
	add_rate(&counts, progress->rate);
	add_time_left(&counts, progress);
	text_printf(&line, "%s  ", title);
	used = line.len + counts.len;
	if (progress->total && used + BAR_LEAST + 3 <= width) {
		size_t bar = (width - used) / 3;

		bar = bar < BAR_LEAST ? BAR_LEAST : bar > BAR_MOST ? BAR_MOST : bar;
		add_bar(&line, progress, bar);
		used += bar + 3;
	}
	text_add(&line, counts.bytes);
	if (used > width)
		line.bytes[width] = '\0'; /* no bar was added: one byte is one column */
	else if (current && used + 2 + CURRENT_LEAST <= width)
		add_current(&line, current, width - used - 2);
	/* One write, erasing last: a line cleared first flickers. */
	fprintf(stderr, "\r%s\033[K", line.bytes);
	progress->is_drawn = true;
}

static void print_plain(const struct progress *progress)
{
	scoped_text line = {0};

	text_printf(&line, "%s: %zu", title, progress->done);
	if (progress->total)
		text_printf(&line, " of %zu", progress->total);
	text_printf(&line, " %s (", progress->noun);
	add_rate(&line, progress->rate);
	text_add(&line, ")\n");
	fputs(line.bytes, stderr);
}

void progress_update(struct progress *progress, size_t done, const char *current)
{
	double now, interval = progress->is_terminal ? redraw_s : plain_s;

	progress->done = done;
	if (progress->is_quiet)
		return;
	now = now_s();
	if (now - progress->sampled_s >= redraw_s)
		sample_rate(progress, now);
	if (now - progress->start_s < first_s || now - progress->drawn_s < interval)
		return;
	progress->drawn_s = now;
	if (progress->is_terminal)
		draw(progress, current);
	else
		print_plain(progress);
}

void progress_clear(struct progress *progress)
{
	if (!progress->is_drawn)
		return;
	fputs("\r\033[K", stderr);
	progress->is_drawn = false;
	progress->drawn_s = 0; /* the next update draws at once */
}
