#include "diff/report/json_parts.h"

#include "core/json_writer.h"
#include "diff/compare/changes.h"

void json_changes_summary(struct json_writer *json, const struct changes *changes)
{
	json_member_uint(json, "change_count", changes->nitems);
	json_key(json, "changes");
	json_begin_object(json);
	for (size_t what = 0; what < CHANGE_WHAT_COUNT; what++) {
		json_key(json, change_what_names[what]);
		json_begin_line_object(json);
		for (size_t way = 0; way < CHANGE_WAY_COUNT; way++)
			json_member_nonzero(json, change_way_names[way],
				changes->counts[what][way]);
		json_end_object(json);
	}
	json_end_object(json);
}

static void write_place(struct json_writer *json, const char *key,
	const struct diff_place *place)
{
	json_key(json, key);
	if (!place->file || !*place->file) {
		json_null(json);
		return;
	}
	json_begin_line_object(json);
	json_member_string(json, "file", place->file);
	json_member_uint(json, "line", place->line);
	json_member_nonzero(json, "column", place->column);
	json_end_object(json);
}

void json_changes(struct json_writer *json, const struct changes *changes)
{
	json_key(json, "changes");
	json_begin_array(json);
	for (size_t i = 0; i < changes->nitems; i++) {
		const struct change *change = &changes->items[i];

		json_begin_line_object(json);
		json_member_string(json, "what", change_what_names[change->what]);
		json_member_string(json, "way", change_way_names[change->way]);
		json_member_string(json, "name", change->name);
		json_member_string(json, "other", change->other);
		json_member_string(json, "detail", change->detail);
		write_place(json, "before", &change->before);
		write_place(json, "after", &change->after);
		json_member_uint(json, "count", change->count);
		json_end_object(json);
	}
	json_end_array(json);
}
