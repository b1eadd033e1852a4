#include "cli/guid_request.h"

#include "cli/static_file.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/guid_search.h"
#include "core/json_writer.h"
#include "core/route_tree.h"
#include "core/static_json.h"
#include "core/text.h"
#include "core/trace.h"

#include <string.h>

enum {
	KEY_PATH_MAX = 4096
};

/* How a command ends unless --outcome says: the GUID that is sent has no outcome yet. */
static const char *const usual_outcomes[] = {GUID_OUTCOME_OK};

bool guid_wants_json(const struct guid_request *request)
{
	return strcmp(request->format, "json") == 0;
}

const char *guid_key_file(const struct guid_request *request, struct arena *arena)
{
	char path[KEY_PATH_MAX];
	bool is_named;

	if (request->key_file)
		return request->key_file;
	if (!guid_key_path(path, sizeof(path), &is_named))
		return NULL;
	return arena_strdup(arena, path);
}

/* Is there no key where there need not be one? */
static bool is_absent(const struct guid_request *request,
	const struct guid_key_entry *entry)
{
	char path[KEY_PATH_MAX];
	bool is_named = false;

	if (entry->problem != GUID_KEY_MISSING || request->key_file)
		return false;
	return guid_key_path(path, sizeof(path), &is_named) && !is_named;
}

/* The keys that are of use, in place; the first one has to be. */
static bool sort_out(const struct guid_request *request, struct guid_keys *keys,
	struct error *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < keys->count; i++) {
		const struct guid_key_entry *entry = &keys->items[i];

		if (entry->problem == GUID_KEY_OK)
			keys->items[kept++] = *entry;
		else if (i > 0)
			fprintf(stderr, "pcarch guid: warning: key '%s' %s\n",
				entry->path, guid_key_problem_text(entry->problem));
		else if (!is_absent(request, entry))
			return guid_key_error(err, entry->path, entry->problem);
	}
	keys->count = kept;
	return true;
}

bool guid_request_keys(const struct guid_request *request, struct arena *arena,
	struct guid_keys *out)
{
	const char *path = guid_key_file(request, arena);
	struct guid_keys found = {0}, all;
	struct error err;

	if (path && (!guid_keys_read(&found, arena, path, &err) ||
			    !sort_out(request, &found, &err))) {
		guid_keys_wipe(&found);
		error_print(&err, "guid");
		return false;
	}
	all.count = found.count + 1;
	all.items = arena_alloc(arena, all.count * sizeof(*all.items));
	for (size_t i = 0; i < found.count; i++)
		all.items[i] = found.items[i];
	guid_key_derive(&all.items[found.count].key, NULL);
	guid_keys_wipe(&found);
	*out = all;
	return true;
}

static bool parse_user_ref(const char *hex, uint8_t out[GUID_USER_SIZE])
{
	char padded[GUID_HEX_SIZE];
	uint8_t bytes[GUID_SIZE];

	if (strlen(hex) != GUID_NONCE_HEX_SIZE - 1)
		return false;
	snprintf(padded, sizeof(padded), "%s%032d", hex, 0);
	if (!guid_parse(padded, bytes))
		return false;
	memcpy(out, bytes, GUID_USER_SIZE);
	return true;
}

bool guid_request_user(const struct guid_request *request, const struct guid_key *key,
	uint8_t storage[GUID_USER_SIZE], const uint8_t **out)
{
	const char *colon = request->user ? strchr(request->user, ':') : NULL;
	scoped_text realm = {0};

	*out = NULL;
	if (request->user_ref) {
		*out = storage;
		if (parse_user_ref(request->user_ref, storage))
			return true;
		usage_error("guid", "option '--user-ref' takes 32 hex digits, not '%s'",
			request->user_ref);
		return false;
	}
	if (!request->user)
		return true;
	if (!colon || colon == request->user || !colon[1]) {
		usage_error("guid", "option '--user' takes REALM:NAME, not '%s'",
			request->user);
		return false;
	}
	text_add_bytes(&realm, request->user, (size_t)(colon - request->user));
	*out = storage;
	if (guid_user_ref(storage, key, realm.bytes, colon + 1))
		return true;
	usage_error("guid", "a realm and a name may have %d bytes each", GUID_LABEL_MAX);
	return false;
}

bool guid_request_parse(const char *operand, uint8_t out[GUID_SIZE])
{
	if (guid_parse(operand, out))
		return true;
	usage_error("guid", "'%s' is no GUID: it has 64 lowercase hex digits", operand);
	return false;
}

bool guid_request_routes(const struct guid_request *request, struct arena *arena,
	struct route_tree *out)
{
	struct static_trace *trace = arena_alloc(arena, sizeof(*trace));
	const char *file = request->file;
	struct error err;

	if (!file)
		file = static_file_find(arena, "--static FILE", &err);
	if (!file || !static_json_read(arena, file, trace, &err)) {
		error_print(&err, "guid");
		return false;
	}
	route_tree_init(out, arena, trace);
	return true;
}

void guid_key_label(const struct guid_key *key, char out[GUID_KEY_ID_HEX_SIZE])
{
	if (key->is_keyed)
		guid_key_id_hex(key, out);
	else
		snprintf(out, GUID_KEY_ID_HEX_SIZE, "unkeyed");
}

bool guid_known_open(struct guid_known *known, const struct guid_request *request)
{
	*known = (struct guid_known){.request = request};
	return guid_request_routes(request, &known->arena, &known->tree) &&
	       guid_request_keys(request, &known->arena, &known->keys);
}

void guid_known_release(struct guid_known *known)
{
	guid_keys_wipe(&known->keys);
	arena_release(&known->arena);
}

bool guid_known_find(struct guid_known *known, const uint8_t guid[GUID_SIZE],
	struct guid_known_way *out)
{
	const struct guid_request *request = known->request;
	struct guid_search search = {.tree = &known->tree,
		.program = request->program,
		.outcomes = usual_outcomes,
		.noutcomes = 1,
		.nforks = request->nforks,
		.budget = request->budget};
	struct guid_known_way way = {.found = {.answer = GUID_NO_MATCH}};

	if (request->outcomes.count) {
		search.outcomes = request->outcomes.items;
		search.noutcomes = request->outcomes.count;
	}
	for (size_t i = 0; i < known->keys.count && way.found.answer != GUID_MATCH; i++) {
		enum guid_answer before = way.found.answer;
		uint64_t ntags = way.found.ntags;
		uint8_t user[GUID_USER_SIZE];

		search.key = way.key = &known->keys.items[i].key;
		if (!guid_request_user(request, way.key, user, &search.user_ref))
			return false;
		way.found = guid_search(&search, &known->arena, guid);
		way.found.ntags += ntags;
		if (before == GUID_BUDGET_EXCEEDED && way.found.answer == GUID_NO_MATCH)
			way.found.answer = before;
	}
	*out = way;
	return true;
}

void guid_steps_json(struct json_writer *json, const char *member,
	const struct guid_way_step *steps, size_t count)
{
	scoped_text text = {0};

	json_key(json, member);
	json_begin_array(json);
	for (size_t i = 0; i < count; i++) {
		text_clear(&text);
		guid_step_print(&text, &steps[i]);
		json_string(json, text_string(&text));
	}
	json_end_array(json);
}
