/* --binary of scan and link: the programs that say which units belong to them. */
#ifndef PCARCH_CLI_BINARY_OPTION_H
#define PCARCH_CLI_BINARY_OPTION_H

#include "analyzer/binary/linked_units.h"

#include <stdbool.h>

struct arena;
struct error;
struct option_values;

/* Read the binaries that were given, which may be none. */
bool binary_option_read(struct arena *arena, const struct option_values *paths,
	struct binary_list *out, struct error *err);

/*
 * Say on stderr what `command` should be warned of: binaries older than their sources,
 * and units of theirs that nobody scans. Sources are shown from `root`.
 */
void binary_option_warn(const char *command, struct binary_list binaries,
	const struct linked_units *units, const char *root);

#endif
