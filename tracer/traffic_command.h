/* The command lines of traffic: what is run for an item, with all values in place. */
#ifndef PCARCH_TRACER_TRAFFIC_COMMAND_H
#define PCARCH_TRACER_TRAFFIC_COMMAND_H

#include "tracer/traffic_words.h"

struct arena;
struct text;
struct traffic;
struct traffic_item;
struct error;

/*
 * What is run for it, NULL-terminated: its program with its words, or the server's
 * command that sends or publishes it. A request has none: {NULL}.
 */
char **traffic_command(const struct traffic_item *item, struct arena *arena,
	const struct traffic_values *values);

/* The values that are known before anything runs. */
struct traffic_values traffic_command_values(const struct traffic *traffic,
	const struct traffic_item *item);

/*
 * Make the first word a path: of a program that the user or the rules name, from the
 * directory of the rules, or in PATH. False, and `err`: there is none.
 */
bool traffic_command_find(const struct traffic *traffic, struct arena *arena,
	char **words, struct error *err);

/* What it comes to, for people: "git remote add --help", "GET http://…", quoted as for
 * sh. */
void traffic_command_describe(const struct traffic *traffic,
	const struct traffic_item *item, struct text *out);

#endif
