/*
 * A command line made fit for libclang: what changes how C is read is kept, in one
 * spelling; what loads code, writes files or redirects the driver never gets through.
 */
#ifndef PCARCH_ANALYZER_COMPILE_FLAGS_H
#define PCARCH_ANALYZER_COMPILE_FLAGS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct notes;

struct flags {
	/*
	 * Spelled so that equal meanings compare equal: "-I x" is "-Ix", "--std=c99" is
	 * "-std=c99".
	 * "-include x.h" is "-Xclang -include -Xclang x.h": the driver would load x.h.gch
	 * or x.h.pch, a binary from a stranger, where such a file lies beside the header;
	 * the parser does not.
	 */
	const char *const *kept;
	size_t nkept;
	const char *const *inputs; /* words that are no flags: sources, objects */
	size_t ninputs;
	const char *language; /* the last -x; NULL: none, or -x none */
	bool is_preprocess_only; /* -E, -M, -MM */
};

/*
 * Sort the `n` words after the compiler's name. Relative paths stay as they are. What is
 * lost is told in `notes`; flags that say nothing about the source (-c, -o, -g, -W…) are
 * dropped silently.
 */
void flags_clean(struct arena *arena, struct notes *notes, const char *const *words,
	size_t n, struct flags *out);

#endif
