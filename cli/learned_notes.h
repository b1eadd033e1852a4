/* What a scan says of the calls that runs have taught it. */
#ifndef PCARCH_CLI_LEARNED_NOTES_H
#define PCARCH_CLI_LEARNED_NOTES_H

#include <stdbool.h>

struct learned_report;

/* Print to stderr what is stale, and, unless `is_quiet`, how many calls were added. */
void learned_notes_print(const struct learned_report *report, bool is_quiet);

#endif
