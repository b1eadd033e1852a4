/*
 * Where time goes: 'pcarch trace' counts up a number in a page that all processes of the
 * run map, and whoever sees it change adds what has passed to the edge that its thread
 * saw last. A clock would cost twenty times as much as the call.
 */
#ifndef PCARCH_TRACER_RUNTIME_TICKS_H
#define PCARCH_TRACER_RUNTIME_TICKS_H

#include <stdbool.h>
#include <stdint.h>

struct lane;
struct recording_edge;

/* Map the page, where the directory has one. */
void ticks_open(void);

/* What counts; a number that stays the same, where nothing does. */
extern const uint32_t *ticks;

bool ticks_are_counted(void);

/* Room for the times in the recording that has just been made. */
void ticks_make_room(void);

/* What has passed was the last edge's, and from now on this one's (NULL: nobody's). */
void ticks_pass(struct lane *lane, struct recording_edge *edge);

#endif
