/*
 * The map step of a large scan as a build.ninja: one compiler-shaped command for each
 * unit, so that ninja, and behind it ccache or a cluster, runs what changed and nothing
 * else.
 *
 * What the commands must do: `pcarch-cc ARGS -MD -MF D -c FILE -o X` writes facts to X
 * and, to D, "X: " and the files read, as absolute paths. Exit 0 also for a unit with
 * errors, which its facts tell: ninja does not link while facts are missing. ninja takes
 * quotes in a depfile for blanks; a unit that reads such a path is run every time.
 */
#ifndef PCARCH_ANALYZER_NINJA_H
#define PCARCH_ANALYZER_NINJA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct error;
struct unit_list;

struct ninja_options {
	const char *program; /* pcarch, an absolute path; pcarch-cc is beside it */
	const char *object_dir; /* where the facts go, an absolute path */
	const char *output; /* static.json, as a path from where ninja runs */
	const char *root; /* for pcarch link --root; NULL: it finds one */
	const char *const *binaries; /* for pcarch link --binary, absolute paths */
	size_t nbinaries;
	const char *const *rules; /* for pcarch link --rules, absolute paths */
	size_t nrules;
	/* Those that link finds by itself; NULL: there are none. */
	const char *project_rules, *learned_rules;
	/*
	 * What runs pcarch-cc: words for the shell; NULL: nothing. "ccache" alone becomes
	 *
	 *   CCACHE_NAMESPACE=DIRECTORY env CCACHE_DEPEND=1 CCACHE_DIRECT=1 CCACHE_CPP2=1
	 *   CCACHE_COMPILERTYPE=clang CCACHE_BASEDIR=
	 *   CCACHE_COMPILERCHECK=string:FINGERPRINT ccache
	 *
	 * which makes ccache 4.7 take pcarch-cc for a compiler. Depend mode finds the
	 * headers in our depfile and never asks us to preprocess, but only for clang and
	 * gcc. ccache knows neither libclang's version nor, without -g, the working
	 * directory: the check string and the namespace do, as digests. The base
	 * directory is emptied because facts hold absolute paths.
	 */
	const char *launcher;
	/* All that facts depend on besides source and arguments, as for cache_key(). */
	const char *fingerprint;
};

/*
 * Write the build.ninja. Names of facts are the same from run to run, whatever the flags.
 * Fails on what ninja cannot express: a newline in an argument, a newline or '|' in a
 * path. A write that fails is seen in `out`, by whoever closes it.
 */
bool ninja_write(FILE *out, const struct unit_list *units,
	const struct ninja_options *options, struct error *err);

#endif
