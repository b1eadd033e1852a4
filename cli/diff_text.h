/* A diff report for people: the answer first, then what to do, then the figures. */
#ifndef PCARCH_CLI_DIFF_TEXT_H
#define PCARCH_CLI_DIFF_TEXT_H

#include <stdbool.h>
#include <stdio.h>

struct report;

/* With `all`, notes, known and suppressed findings, every module and every change. */
void diff_text_print(const struct report *report, bool all, FILE *out);

/* The answer alone: one line. */
void diff_text_summary(const struct report *report, FILE *out);

#endif
