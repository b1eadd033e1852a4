#include "cli/learned_notes.h"

#include "analyzer/link/learned.h"
#include "cli/terminal.h"
#include "core/terminal_text.h"

#include <stdio.h>

static void print_note(const char *text)
{
	fprintf(stderr, "%snote:%s ", style_on(stderr, STYLE_BOLD), style_off(stderr));
	terminal_print(stderr, text);
	fputc('\n', stderr);
}

void learned_notes_print(const struct learned_report *report, bool is_quiet)
{
	for (size_t i = 0; i < report->nstale && !is_quiet; i++)
		print_note(report->stale[i]);
	if (report->ncalls && !is_quiet)
		fprintf(stderr, "%zu learned call%s\n", report->ncalls,
			report->ncalls == 1 ? "" : "s");
}
