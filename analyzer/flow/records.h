/*
 * Structs and unions of a whole program. Two units mean the same type when they read the
 * same definition, or two definitions of the same name with the same members (C11 6.2.7).
 */
#ifndef PCARCH_ANALYZER_FLOW_RECORDS_H
#define PCARCH_ANALYZER_FLOW_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

struct facts;
struct source_paths;

struct flow_records;

struct flow_records *flow_records_new(struct source_paths *paths);
void flow_records_free(struct flow_records *records);

/* Add those of an image. All images come first, then they are looked up. */
void flow_records_add(struct flow_records *records, const struct facts *facts);

/* The number of an image's record in the program. */
uint32_t flow_records_find(struct flow_records *records, const struct facts *facts,
	uint32_t record);

/* By its number: tag or typedef, or ""; whether a system header declares it. */
const char *flow_records_name(const struct flow_records *records, uint32_t record);
bool flow_records_is_system(const struct flow_records *records, uint32_t record);

#endif
