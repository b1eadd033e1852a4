/* What a scan says on stderr when it is done. */
#ifndef PCARCH_CLI_SCAN_SUMMARY_H
#define PCARCH_CLI_SCAN_SUMMARY_H

#include <stddef.h>

struct scan;

/* Units that are not whole. */
size_t scan_summary_failed(const struct scan *scan);

/* A line for each unit that is not whole, at most 20, in the form that editors jump to. */
void scan_summary_problems(const struct scan *scan);

/* With -v: flags that were changed, how much memory was used. */
void scan_summary_details(const struct scan *scan);

/* A few lines: what was read, what was found, what to do next. */
void scan_summary_print(const struct scan *scan, const char *output, double start_s);

#endif
