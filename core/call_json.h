/* Call sites and calls, an element at a time, as static.json holds them; both directions.
 */
#ifndef PCARCH_CORE_CALL_JSON_H
#define PCARCH_CORE_CALL_JSON_H

#include <stdint.h>

struct arena;
struct call;
struct call_site;
struct json_writer;
struct members;

void call_site_write(struct json_writer *json, const struct call_site *site, uint32_t id);

/* What a failure leaves in `*site` is not to be used; the members' source keeps it. */
void call_site_read(struct members *in, struct arena *arena, struct call_site *site);

void call_write(struct json_writer *json, const struct call *call);
void call_read(struct members *in, struct arena *arena, struct call *call);

#endif
