#include "tracer/traffic_trial.h"

#include "core/error.h"
#include "tracer/traffic.h"
#include "tracer/traffic_command.h"
#include "tracer/traffic_drive.h"

#include <sys/stat.h>

enum {
	RECOVER_S = 60
};

/* What the rules say, with the values of this run. */
static void fill(struct traffic_trial *trial, const struct traffic_item *item)
{
	struct arena *arena = &trial->arena;
	const struct traffic_values *values = &trial->values;

	trial->values.arguments =
		traffic_arguments_fill(arena, values->arguments, values);
	trial->how.as = traffic_text_fill(arena, item->how.as, values);
	trial->how.input = traffic_text_fill(arena, item->how.input, values);
	trial->how.target = traffic_text_fill(arena, item->how.target, values);
	trial->how.files = traffic_pairs_fill(arena, item->how.files, values);
	trial->how.variables = traffic_pairs_fill(arena, item->how.variables, values);
	trial->how.headers = traffic_pairs_fill(arena, item->how.headers, values);
	if (trial->how.as)
		trial->values.program = traffic_room_named(&trial->room, arena,
			item->file, trial->how.as);
}

bool traffic_trial_open(struct traffic_trial *trial, struct traffic_driver *driver,
	const struct traffic_item *item, struct error *err)
{
	*trial = (struct traffic_trial){.driver = driver};
	if (!traffic_room_make(&trial->room, &trial->arena, err))
		return false;
	trial->values = traffic_command_values(driver->traffic, item);
	trial->values.directory = trial->room.work;
	traffic_values_stamp(&trial->values, &trial->arena);
	trial->how = item->how;
	return true;
}

void traffic_trial_close(struct traffic_trial *trial)
{
	traffic_process_close(&trial->process);
	traffic_room_remove(&trial->room);
	arena_release(&trial->arena);
}

bool traffic_trial_start(struct traffic_trial *trial, char *const *words,
	struct error *err)
{
	traffic_process_close(&trial->process);
	trial->process = (struct traffic_process){
		.argv = words,
		.variables =
			traffic_room_variables(&trial->room, &trial->arena, &trial->how),
		.directory = trial->room.work,
		.input = trial->input,
	};
	return traffic_process_start(&trial->process, err);
}

unsigned traffic_trial_seconds(const struct traffic_trial *trial)
{
	return trial->how.timeout_s ? trial->how.timeout_s
				    : trial->driver->traffic->timeout_s;
}

/* Run it to its end; it must end well. */
static bool run_before(struct traffic_trial *trial, char **words, struct error *err)
{
	const char *name = words[0], *said;
	bool is_in_time;

	if (!traffic_command_find(trial->driver->traffic, &trial->arena, words, err) ||
		!traffic_trial_start(trial, words, err))
		return false;
	is_in_time =
		traffic_process_finish(&trial->process, traffic_trial_seconds(trial));
	said = traffic_trial_said(trial);
	traffic_process_close(&trial->process);
	if (is_in_time && !trial->process.status)
		return true;
	return error_set(err, (struct location){0},
		"what is to come before, '%s', %s%s%s", name,
		is_in_time ? "failed" : "took too long", said ? ": " : "",
		said ? said : "");
}

bool traffic_trial_prepare(struct traffic_trial *trial, const struct traffic_item *item,
	struct error *err)
{
	const struct traffic_how *how = &trial->how;

	fill(trial, item);
	for (size_t i = 0; i < how->files.count; i++)
		if (!traffic_room_file(&trial->room, how->files.items[i].name,
			    how->files.items[i].value, err))
			return false;
	for (size_t i = 0; i < item->how.nbefore; i++)
		if (!run_before(trial,
			    traffic_words_fill(&trial->arena, item->how.before[i],
				    &trial->values),
			    err))
			return false;
	if (how->input)
		trial->input =
			traffic_room_input(&trial->room, &trial->arena, how->input, err);
	return !how->input || trial->input;
}

static bool is_there(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool traffic_trial_read(struct traffic_trial *trial, struct dynamic_trace *out)
{
	const struct traffic_recorder *recorder = &trial->driver->recorder;
	struct error ignored;

	if (!is_there(trial->room.trace) && is_there(trial->room.recordings) &&
		!traffic_process_interrupted() &&
		traffic_trial_start(trial,
			traffic_recover_command(recorder, &trial->arena, &trial->room),
			&ignored)) {
		traffic_process_finish(&trial->process, RECOVER_S);
		traffic_process_close(&trial->process);
	}
	return traffic_record_read(&trial->room, &trial->arena, out);
}

const char *traffic_trial_said(const struct traffic_trial *trial)
{
	scoped_text line = {0};

	traffic_process_last_line(&trial->process, &line);
	return line.len ? arena_strdup(trial->driver->arena, line.bytes) : NULL;
}

const char *traffic_trial_complaint(const struct traffic_trial *trial)
{
	static const char *const marks[] = {
		"pcarch trace: error: ", "pcarch trace: warning: "};
	scoped_text line = {0};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (traffic_process_line_after(&trial->process, marks[i], &line))
			return arena_strdup(trial->driver->arena, text_string(&line));
	return NULL;
}
