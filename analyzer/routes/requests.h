/* Tables of HTTP requests among dispatches. */
#ifndef PCARCH_ANALYZER_ROUTES_REQUESTS_H
#define PCARCH_ANALYZER_ROUTES_REQUESTS_H

struct arena;
struct dispatch_list;

/* A row with a method and a path is one request, "GET /status": the word is not its
 * method with the path as an alias. After phrases are split. */
void requests_name(struct arena *arena, struct dispatch_list *dispatches);

#endif
