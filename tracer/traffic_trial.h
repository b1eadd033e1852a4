/* One command being run for an item: its room, its preparation, what it did. */
#ifndef PCARCH_TRACER_TRAFFIC_TRIAL_H
#define PCARCH_TRACER_TRAFFIC_TRIAL_H

#include "core/arena.h"
#include "core/traffic_rules.h"
#include "tracer/traffic_process.h"
#include "tracer/traffic_room.h"
#include "tracer/traffic_words.h"

struct dynamic_trace;
struct error;
struct traffic_driver;
struct traffic_item;

struct traffic_trial {
	struct traffic_driver *driver;
	struct arena arena;
	struct traffic_room room;
	struct traffic_values values;
	struct traffic_how how; /* when it is prepared, with the values in it */
	const char *input; /* file that what starts from now on reads; or NULL */
	struct traffic_process process;
};

/* Make the room; `values` may be added to until it is prepared. */
bool traffic_trial_open(struct traffic_trial *trial, struct traffic_driver *driver,
	const struct traffic_item *item, struct error *err);

/* End what runs, remove the room. */
void traffic_trial_close(struct traffic_trial *trial);

#define scoped_trial __attribute__((cleanup(traffic_trial_close))) struct traffic_trial

/* Start `words` there; the first is a path. */
bool traffic_trial_start(struct traffic_trial *trial, char *const *words,
	struct error *err);

/* Put the values into what the rules say, and make its files, commands and input happen
 * before anything else runs there. */
bool traffic_trial_prepare(struct traffic_trial *trial, const struct traffic_item *item,
	struct error *err);

/* How long it may take. */
unsigned traffic_trial_seconds(const struct traffic_trial *trial);

/* The trace of what was recorded there, of what was cut off, too; false: there is none.
 */
bool traffic_trial_read(struct traffic_trial *trial, struct dynamic_trace *out);

/* The last line that was printed, for the item, in the driver's arena; or NULL. */
const char *traffic_trial_said(const struct traffic_trial *trial);

/* What `pcarch trace` last said was wrong, in the driver's arena; or NULL. */
const char *traffic_trial_complaint(const struct traffic_trial *trial);

#endif
