/* Where static.json is, when nobody says. */
#ifndef PCARCH_CLI_STATIC_FILE_H
#define PCARCH_CLI_STATIC_FILE_H

struct arena;
struct error;

/* The nearest static.json, here or above, in `arena`; NULL and `err`: there is none, and
 * `how` says how to name one. */
const char *static_file_find(struct arena *arena, const char *how, struct error *err);

#endif
