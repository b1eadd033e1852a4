/* What `pcarch traffic` says: what would be run, what came of it, and in sum. */
#ifndef PCARCH_CLI_TRAFFIC_REPORT_H
#define PCARCH_CLI_TRAFFIC_REPORT_H

#include <stddef.h>

struct arena;
struct traffic;

/* A row for each item: for people, or as JSON, one object a line. */
void traffic_report_text(struct arena *arena, const struct traffic *traffic);
void traffic_report_json(const struct traffic *traffic);

/* A command line for each item that would be driven, and why others would not. */
void traffic_report_plan(const struct traffic *traffic);

struct traffic_sum {
	size_t nleading; /* words that only lead on: no commands, and in no other count */
	size_t ndriven, nran, nunseen;
	size_t nunsure; /* of nran: for this command or another */
	size_t nlate, nunrecorded, nundriven, nskipped, nunexpected;
};

struct traffic_sum traffic_report_sum(const struct traffic *traffic);

/* The sums, a line on stderr. */
void traffic_report_summary(const struct traffic *traffic);

#endif
