/* Names for the nodes of a graph: the function's, and more where several bear it. */
#ifndef PCARCH_DIFF_NODE_NAMES_H
#define PCARCH_DIFF_NODE_NAMES_H

struct arena;
struct program;

/*
 * For each function its name; MODULE:NAME where others bear it too, and then with
 * ":LINE:COLUMN" or "#ID" behind. Whatever part of the program is drawn, a function has
 * the same name. In `arena`.
 */
const char *const *node_names(const struct program *program, struct arena *arena);

#endif
