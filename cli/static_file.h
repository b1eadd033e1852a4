/* Where static.json is, when nobody says. */
#ifndef PCARCH_CLI_STATIC_FILE_H
#define PCARCH_CLI_STATIC_FILE_H

struct arena;
struct error;

/* static.json here or in the nearest directory above, in `arena`; NULL and `err` when
 * there is none. */
const char *static_file_find(struct arena *arena, struct error *err);

#endif
