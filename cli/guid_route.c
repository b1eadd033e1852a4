/* guid route: the ids of a command; guid new: an execution of it. */
#include "cli/guid_request.h"

#include "cli/known_route.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_writer.h"
#include "core/route_id.h"
#include "core/static_json.h"
#include "core/suggest.h"
#include "core/timestamp.h"
#include "core/trace.h"

#include <errno.h>
#include <string.h>

/* A command, and the branches that it took. */
struct command_way {
	const char *program;
	struct route_words words;
	const struct option_values *branches;
};

static bool check_branches(const struct option_values *branches)
{
	for (size_t i = 0; i < branches->count; i++) {
		const char *branch = branches->items[i];
		const char *equals = strchr(branch, '=');

		if (equals && equals > branch)
			continue;
		usage_error("guid", "option '--branch' takes POINT=CHOICE, not '%s'",
			branch);
		return false;
	}
	return true;
}

static bool know_branch(const struct known_routes *known, const char *branch)
{
	const struct static_trace *trace = known->tree->trace;
	struct suggestion suggestion = {.word = branch};

	for (size_t i = 0; i < trace->nbranches; i++) {
		const struct branch *at = &trace->branches[i];

		for (size_t c = 0; c < at->nchoices; c++) {
			const char *name = arena_printf(known->arena, "%s=%s", at->point,
				at->choices[c]);

			if (strcmp(name, branch) == 0)
				return true;
			suggestion_offer(&suggestion, name);
		}
	}
	if (suggestion.nearest)
		usage_error("guid", "'%s' has no branch '%s'; did you mean '%s'?",
			known->file, branch, suggestion.nearest);
	else
		usage_error("guid",
			"'%s' has no branch '%s'; 'pcarch show branches' lists them",
			known->file, branch);
	return false;
}

/* The program and the words by the names that they have in the file. */
static bool find_route(const struct known_routes *known, struct command_way *way)
{
	const struct static_trace *trace = known->tree->trace;
	struct route_part part;
	uint32_t owner;

	if (!known_program(known, way->program, &owner) ||
		!known_route(known, owner, way->words, &part))
		return false;
	way->program = known->tree->programs[owner];
	way->words = (struct route_words){0};
	if (part.route != TRACE_NONE)
		way->words = (struct route_words){trace->routes[part.route].tokens,
			route_nwords(&trace->routes[part.route])};
	return true;
}

static bool find_known(const struct guid_request *request, struct arena *arena,
	struct command_way *way)
{
	struct known_routes known = {"guid", request->file, NULL, arena};
	struct route_tree tree;

	if (!guid_request_routes(request, arena, &tree))
		return false;
	known.tree = &tree;
	if (strcmp(request->file, "-") == 0)
		known.file = "standard input";
	if (!find_route(&known, way))
		return false;
	for (size_t i = 0; i < way->branches->count; i++)
		if (!know_branch(&known, way->branches->items[i]))
			return false;
	return true;
}

static bool add_step(struct guid_way_step *steps, size_t *count, enum guid_kind kind,
	const char *label)
{
	steps[(*count)++] = (struct guid_way_step){kind, label};
	if (strlen(label) <= GUID_LABEL_MAX)
		return true;
	usage_error("guid",
		"'%.40s...' is too long for a part of an id: it may have %d bytes", label,
		GUID_LABEL_MAX);
	return false;
}

/* The steps that the operands and options name. False: said what is wrong. */
static bool read_steps(const struct guid_request *request, struct arena *arena,
	struct guid_way_step **steps, size_t *count)
{
	struct command_way way = {.branches = &request->branches};
	bool ok = true;

	if (!request->noperands) {
		usage_error("guid",
			"no program is named: 'pcarch guid %s PROGRAM WORD...'",
			request->action);
		return false;
	}
	way.program = request->operands[0];
	way.words = (struct route_words){
		(const char *const *)request->operands + 1, request->noperands - 1};
	if (!check_branches(way.branches) ||
		(request->file && !find_known(request, arena, &way)))
		return false;
	*steps = arena_alloc(arena,
		(1 + way.words.count + way.branches->count) * sizeof(**steps));
	*count = 0;
	ok = add_step(*steps, count, GUID_PROG, way.program);
	for (size_t i = 0; i < way.words.count && ok; i++)
		ok = add_step(*steps, count, GUID_CMD, way.words.items[i]);
	for (size_t i = 0; i < way.branches->count && ok; i++)
		ok = add_step(*steps, count, GUID_BRANCH, way.branches->items[i]);
	return ok;
}

static void ids_json(struct json_writer *json, const struct guid_chain *chain)
{
	char id[ROUTE_ID_SIZE];

	route_chain_id(&chain->route, id);
	json_member_string(json, "route_id", id);
	route_chain_id(&chain->path, id);
	json_member_string(json, "path_id", id);
}

int guid_route(const struct guid_request *request)
{
	static const uint8_t no_nonce[GUID_NONCE_SIZE];
	__attribute__((cleanup(arena_release))) struct arena arena = {0};
	struct guid_way_step *steps;
	struct guid_chain chain;
	struct guid_key key;
	struct json_writer json;
	char id[ROUTE_ID_SIZE];
	size_t count;

	if (!read_steps(request, &arena, &steps, &count))
		return EXIT_USAGE;
	guid_key_derive(&key, NULL);
	guid_begin(&chain, &key, no_nonce, NULL);
	guid_take(&chain, &key, steps, count);
	if (!guid_wants_json(request)) {
		route_chain_id(&chain.path, id);
		puts(id);
		return EXIT_CLEAN;
	}
	json_open(&json, stdout);
	json_begin_object(&json);
	guid_steps_json(&json, "steps", steps, count);
	ids_json(&json, &chain);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
	return EXIT_CLEAN;
}

static void new_json(const struct guid_chain *chain, const struct guid_key *key,
	const struct guid_way_step *steps, size_t count)
{
	char guid[GUID_HEX_SIZE], uuid[GUID_UUID_SIZE], label[GUID_KEY_ID_HEX_SIZE];
	char time[TIMESTAMP_SIZE];
	uint8_t bytes[GUID_SIZE];
	struct json_writer json;

	guid_tag(chain, key, bytes);
	guid_hex(bytes, guid);
	guid_nonce_uuid(chain->nonce, uuid);
	guid_key_label(key, label);
	timestamp_print(guid_nonce_ms(chain->nonce) * 1000000, 3, time);
	json_open(&json, stdout);
	json_begin_object(&json);
	json_member_string(&json, "guid", guid);
	json_member_string(&json, "uuid", uuid);
	json_member_string(&json, "time", time);
	json_member_string(&json, "key_id", label);
	guid_steps_json(&json, "steps", steps, count);
	ids_json(&json, chain);
	json_end_object(&json);
	json_close(&json);
}

/* With the current key, or none; an old one makes no new GUIDs. */
int guid_new(const struct guid_request *request)
{
	__attribute__((cleanup(arena_release))) struct arena arena = {0};
	uint8_t nonce[GUID_NONCE_SIZE], storage[GUID_USER_SIZE], guid[GUID_SIZE];
	struct guid_way_step *steps;
	scoped_keys keys = {0};
	struct guid_chain chain;
	const uint8_t *user;
	struct error err;
	char hex[GUID_HEX_SIZE];
	size_t count;

	if (!read_steps(request, &arena, &steps, &count) ||
		!guid_request_keys(request, &arena, &keys) ||
		!guid_request_user(request, &keys.items[0].key, storage, &user))
		return EXIT_USAGE;
	if (!guid_new_nonce(nonce)) {
		error_set(&err, (struct location){0}, "no random bytes: %s",
			strerror(errno));
		error_print(&err, "guid");
		return EXIT_INTERNAL;
	}
	guid_begin(&chain, &keys.items[0].key, nonce, user);
	guid_take(&chain, &keys.items[0].key, steps, count);
	if (guid_wants_json(request)) {
		new_json(&chain, &keys.items[0].key, steps, count);
	} else {
		guid_tag(&chain, &keys.items[0].key, guid);
		guid_hex(guid, hex);
		puts(hex);
	}
	guid_wipe(&chain);
	return EXIT_CLEAN;
}
