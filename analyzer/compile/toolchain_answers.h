/* What compilers answered in earlier scans: a warm scan starts none. */
#ifndef PCARCH_ANALYZER_COMPILE_TOOLCHAIN_ANSWERS_H
#define PCARCH_ANALYZER_COMPILE_TOOLCHAIN_ANSWERS_H

struct arena;
struct cache;
struct toolchain_list;

/* Fill the answers that the cache has; a compiler that changed is another question. */
void toolchain_answers_recall(struct arena *arena, struct cache *cache,
	struct toolchain_list *list);

/* Keep those that were asked. */
void toolchain_answers_keep(struct cache *cache, const struct toolchain_list *list);

#endif
