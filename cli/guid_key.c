/* guid key: make, list and rotate the keys of GUIDs. A key itself is never printed. */
#include "cli/guid_request.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/json_writer.h"
#include "core/terminal_text.h"

#include <stdio.h>
#include <string.h>

static const char *status_of(const struct guid_key_entry *entry, bool is_current)
{
	if (entry->problem != GUID_KEY_OK)
		return guid_key_problem_text(entry->problem);
	if (entry->is_misnamed)
		return "is another key than its name says; rename it to end in its id";
	return is_current ? "current" : "old";
}

static void list_json(const struct guid_keys *keys)
{
	struct json_writer json;
	char id[GUID_KEY_ID_HEX_SIZE];

	json_open(&json, stdout);
	json_begin_array(&json);
	for (size_t i = 0; i < keys->count; i++) {
		const struct guid_key_entry *entry = &keys->items[i];

		if (entry->problem == GUID_KEY_OK)
			guid_key_id_hex(&entry->key, id);
		json_begin_line_object(&json);
		json_member_string(&json, "key_id",
			entry->problem == GUID_KEY_OK ? id : NULL);
		json_member_bool(&json, "current", i == 0);
		json_member_string(&json, "file", entry->path);
		if (entry->problem != GUID_KEY_OK || entry->is_misnamed)
			json_member_string(&json, "problem", status_of(entry, i == 0));
		json_end_object(&json);
	}
	json_end_array(&json);
	json_close(&json);
}

static void list_text(const struct guid_keys *keys)
{
	for (size_t i = 0; i < keys->count; i++) {
		const struct guid_key_entry *entry = &keys->items[i];
		char id[GUID_KEY_ID_HEX_SIZE] = "-";

		if (entry->problem == GUID_KEY_OK)
			guid_key_id_hex(&entry->key, id);
		printf("%-8s  ", id);
		terminal_print(stdout, entry->path);
		printf("  %s\n", status_of(entry, i == 0));
	}
}

/* 1 where a key is there and of no use. */
static int list(const struct guid_request *request, const char *path, struct arena *arena)
{
	scoped_keys keys = {0};
	struct error err;
	int code = EXIT_CLEAN;

	if (!guid_keys_read(&keys, arena, path, &err)) {
		error_print(&err, "guid");
		return EXIT_USAGE;
	}
	if (keys.count == 1 && keys.items[0].problem == GUID_KEY_MISSING) {
		guid_key_error(&err, path, GUID_KEY_MISSING);
		error_print(&err, "guid");
		return EXIT_USAGE;
	}
	for (size_t i = 0; i < keys.count; i++)
		if (keys.items[i].problem != GUID_KEY_OK || keys.items[i].is_misnamed)
			code = EXIT_FINDINGS;
	if (guid_wants_json(request))
		list_json(&keys);
	else
		list_text(&keys);
	return code;
}

static int print_id(const char *path)
{
	enum guid_key_problem problem;
	char id[GUID_KEY_ID_HEX_SIZE];
	struct guid_key key;
	struct error err;

	problem = guid_key_read(&key, path);
	if (problem != GUID_KEY_OK) {
		guid_key_error(&err, path, problem);
		error_print(&err, "guid");
		return EXIT_USAGE;
	}
	guid_key_id_hex(&key, id);
	guid_key_wipe(&key);
	puts(id);
	return EXIT_CLEAN;
}

static int run(const struct guid_request *request, const char *path, struct arena *arena)
{
	const char *what = request->operands[0];
	struct error err;
	bool ok;

	if (strcmp(what, "list") == 0)
		return list(request, path, arena);
	if (strcmp(what, "new") == 0)
		ok = guid_key_make(path, &err);
	else if (strcmp(what, "rotate") == 0)
		ok = guid_key_rotate(path, &err);
	else
		return usage_error("guid",
			"unknown action '%s'; 'key' knows new, list and rotate", what);
	if (ok)
		return print_id(path);
	error_print(&err, "guid");
	return EXIT_USAGE;
}

int guid_key_action(const struct guid_request *request)
{
	__attribute__((cleanup(arena_release))) struct arena arena = {0};
	const char *path = guid_key_file(request, &arena);

	if (request->noperands != 1)
		return usage_error("guid",
			"'key' takes one of new, list and rotate, as in 'pcarch guid key "
			"new'");
	if (!path)
		return usage_error("guid", "no key file: name one with --key-file, or in "
					   "$" GUID_KEY_VARIABLE);
	return run(request, path, &arena);
}
