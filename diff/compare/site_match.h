/* Which calls and call sites of the scan a call that was seen is. */
#ifndef PCARCH_DIFF_SITE_MATCH_H
#define PCARCH_DIFF_SITE_MATCH_H

#include <stdbool.h>
#include <stdint.h>

struct call_site;
struct comparing;
struct observed_call;

/*
 * Count `call`, whose caller is a function of the scan, where a call of the
 * scan foresees it: true. Else *site is where it was made, or TRACE_NONE: the scan has no
 * call there; and *is_exact, the site begins at the very line.
 *
 * A call that spans lines is recorded where it begins or ends, or at one of its
 * arguments; a macro's, where it is expanded, or in it. So where no site that fits
 * stands at the line itself, the nearest one of the same caller is meant.
 */
bool site_match(const struct comparing *all, const struct observed_call *call,
	uint32_t *site, bool *is_exact);

/*
 * The site is open, and may have called `callee` (TRACE_NONE: what was not scanned): one
 * that names a function, of which there are two or none, calls no other.
 */
bool site_may_call(const struct comparing *all, const struct call_site *site,
	uint32_t callee);

/*
 * A function that was called by a library, or from nowhere that is known: count it for
 * the calls through libraries that foresee it; false: none does.
 */
bool site_match_through(const struct comparing *all, const struct observed_call *call);

/*
 * Where the library function that made the call was called itself, by a function that
 * ran: so the callee may have been given there. TRACE_NONE: nowhere, or at several sites.
 */
uint32_t site_match_library(const struct comparing *all,
	const struct observed_call *call);

/* The library function itself, "qsort" of "libc.so.6:qsort"; NULL: not known. */
const char *site_library_function(const struct observed_call *call);

#endif
