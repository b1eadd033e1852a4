/* A comparison in the making: what its parts share. Only diff/compare/ looks here. */
#ifndef PCARCH_DIFF_COMPARING_H
#define PCARCH_DIFF_COMPARING_H

#include "diff/compare/comparison.h"
#include "diff/compare/function_match.h"

struct comparing {
	struct arena *arena;
	const struct program *program;
	const struct static_trace *scan;
	const struct dynamic_trace *run;
	struct function_matches functions;
	/* By function of the scan: what the run calls it, and its first entry point; or
	 * TRACE_NONE. */
	const uint32_t *ran_as, *entry_of;
	uint64_t *ran, *seen; /* as in struct comparison, being counted */
	/*
	 * Function of the scan -> it starts at another line than the one that ran, or the
	 * next one of its file has moved by another distance: its body was edited.
	 */
	const bool *is_edited;
	bool is_whole_program; /* something was inlined across sources, when it was linked
				*/
};

#endif
