/* Driving what is planned, one after the other: each in a room of its own, recorded. */
#ifndef PCARCH_TRACER_TRAFFIC_DRIVE_H
#define PCARCH_TRACER_TRAFFIC_DRIVE_H

#include "tracer/traffic_record.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct traffic;

struct traffic_driver {
	struct traffic *traffic;
	struct arena *arena; /* of what is said of the items */
	struct traffic_recorder recorder;
	void (*each)(void *context, size_t index); /* before item `index`; may be NULL */
	void *context;
};

/*
 * Drive each item that can be, and say of each what came of it. What is wrong with one
 * never ends the others; a signal does.
 */
void traffic_drive(struct traffic_driver *driver);

#endif
