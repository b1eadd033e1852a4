/* guid verify: do the steps that were recorded give the GUID beside them? */
#include "cli/guid_request.h"

#include "cli/guid_record.h"
#include "core/error.h"
#include "core/json_writer.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name, *says;
} verdicts[] = {
	[GUID_GOOD] = {"good", "the steps give this GUID"},
	[GUID_NO_KEY] = {"no_key", "was made with a key that is not here"},
	[GUID_BAD_STEP] = {"malformed", "a step, the GUID or the user is not one"},
	[GUID_BAD_TAG] = {"mismatch", "the steps give another GUID"},
	[GUID_BAD_ROUTE] = {"mismatch", "the steps give another route_id or path_id"},
};

struct verification {
	const struct guid_request *request;
	const struct guid_keys *keys;
	uint64_t count, ngood, nno_key;
};

static void record_json(const struct guid_record *record, enum guid_verdict verdict)
{
	struct json_writer json;

	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "verdict", verdicts[verdict].name);
	json_member_optional_string(&json, "file", record->file);
	json_member_nonzero(&json, "line", record->line);
	json_member_optional_string(&json, "event", record->event);
	json_member_string(&json, "guid", record->guid);
	json_member_optional_string(&json, "key_id", record->key_id);
	guid_steps_json(&json, "steps", record->steps, record->nsteps);
	if (verdict != GUID_GOOD)
		json_member_string(&json, "reason", verdicts[verdict].says);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

/* What is wrong: "events.jsonl:5: mismatch: GUID: the steps … : PROG:x CMD:y" */
static void record_text(const struct guid_record *record, enum guid_verdict verdict)
{
	scoped_text text = {0};

	if (record->file)
		text_printf(&text, "%s:%" PRIu64 ": ", record->file, record->line);
	text_printf(&text, "%s: %s: %s:", verdicts[verdict].name,
		record->guid ? record->guid : "no GUID", verdicts[verdict].says);
	for (size_t i = 0; i < record->nsteps; i++) {
		text_add(&text, " ");
		guid_step_print(&text, &record->steps[i]);
	}
	if (record->malformed)
		text_printf(&text, " '%s'", record->malformed);
	terminal_print(stdout, text_string(&text));
	putchar('\n');
}

static void tell(struct verification *verification, const struct guid_record *record,
	enum guid_verdict verdict)
{
	verification->count++;
	verification->ngood += verdict == GUID_GOOD;
	verification->nno_key += verdict == GUID_NO_KEY;
	if (guid_wants_json(verification->request))
		record_json(record, verdict);
	else if (verdict != GUID_GOOD)
		record_text(record, verdict);
}

static void verify(void *context, const struct guid_record *record)
{
	struct verification *verification = context;

	tell(verification, record, guid_record_verify(record, verification->keys));
}

static int exit_code(const struct verification *verification)
{
	if (verification->count > verification->ngood + verification->nno_key)
		return EXIT_FINDINGS;
	return verification->nno_key ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static bool read_steps(const struct guid_request *request, struct guid_way_step *steps)
{
	for (size_t i = 1; i < request->noperands; i++) {
		if (guid_step_parse(request->operands[i], &steps[i - 1]))
			continue;
		usage_error("guid",
			"'%.40s' is no step; one is KIND:LABEL, as in 'CMD:status'",
			request->operands[i]);
		return false;
	}
	return true;
}

/* Does one of the keys give it? The user_ref differs with the key, so each is tried
 * alone. False: said what is wrong with the options. */
static bool verify_steps(const struct guid_request *request, const struct guid_keys *keys,
	struct guid_record *record, enum guid_verdict *verdict)
{
	*verdict = GUID_NO_KEY;
	for (size_t i = 0; i < keys->count && *verdict != GUID_GOOD; i++) {
		const struct guid_keys one = {&keys->items[i], 1};
		char user_ref[GUID_NONCE_HEX_SIZE];
		uint8_t storage[GUID_USER_SIZE];
		const uint8_t *user;

		if (!guid_request_user(request, &keys->items[i].key, storage, &user))
			return false;
		if (user)
			guid_nonce_hex(user, user_ref);
		record->user_ref = user ? user_ref : NULL;
		*verdict = guid_record_verify(record, &one);
		record->user_ref = NULL;
	}
	return true;
}

/* The steps that are operands. */
static int verify_operands(struct verification *verification, struct arena *arena)
{
	const struct guid_request *request = verification->request;
	struct guid_way_step *steps =
		arena_alloc(arena, request->noperands * sizeof(*steps));
	struct guid_record record = {.guid = request->operands[0],
		.steps = steps,
		.nsteps = request->noperands - 1};
	enum guid_verdict verdict;

	if (!read_steps(request, steps) ||
		!verify_steps(request, verification->keys, &record, &verdict))
		return EXIT_USAGE;
	tell(verification, &record, verdict);
	if (verdict == GUID_GOOD && !guid_wants_json(request))
		printf("good: %s\n", record.guid);
	return exit_code(verification);
}

static int verify_logs(struct verification *verification)
{
	const struct guid_request *request = verification->request;
	struct guid_records records = {.each = verify, .context = verification};
	struct error err;
	int code;

	for (size_t i = 0; i < request->noperands; i++) {
		if (guid_records_read(&records, request->operands[i], &err))
			continue;
		error_print(&err, "guid");
		return EXIT_USAGE;
	}
	if (!guid_wants_json(request))
		printf("%" PRIu64 " of %" PRIu64 " recorded steps give their GUID\n",
			verification->ngood, verification->count);
	if (records.nunread > 1)
		fprintf(stderr, "pcarch guid: warning: %" PRIu64 " lines are no events\n",
			records.nunread);
	if (!verification->count && !records.nunread)
		fprintf(stderr,
			"pcarch guid: warning: no event has steps; those that begin and "
			"end commands do\n");
	code = exit_code(verification);
	return code == EXIT_CLEAN && (records.nunread || !verification->count)
		       ? EXIT_INCOMPLETE
		       : code;
}

int guid_verify(const struct guid_request *request)
{
	__attribute__((cleanup(arena_release))) struct arena arena = {0};
	scoped_keys keys = {0};
	struct verification verification = {.request = request, .keys = &keys};
	uint8_t guid[GUID_SIZE];

	if (!request->noperands)
		return usage_error("guid",
			"'verify' takes logs, or a GUID and its steps, as in 'pcarch guid "
			"verify events.jsonl'");
	if (!guid_request_keys(request, &arena, &keys))
		return EXIT_USAGE;
	if (guid_parse(request->operands[0], guid))
		return verify_operands(&verification, &arena);
	return verify_logs(&verification);
}
