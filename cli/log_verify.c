/* The questions `verify` and `anchor`: are logs as they were written? */
#include "cli/log.h"

#include "cli/log_files.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/guid_key_store.h"
#include "core/json_writer.h"
#include "core/log_seal.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "diff/log_anchor.h"
#include "diff/log_segment.h"
#include "diff/log_verify.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Keys are secret: wiped when they are not needed any more. */
struct given_keys {
	struct guid_key unkeyed;
	struct guid_key *named; /* of --key */
	size_t nnamed;
	struct guid_keys own; /* of this installation, old ones too */
	const struct guid_key **all;
	size_t nall;
	uint8_t auditor[LOG_KEY_BYTES];
	bool has_auditor;
};

static bool read_named(struct given_keys *keys, const struct option_values *paths,
	struct arena *arena, struct error *err)
{
	keys->named = arena_alloc(arena, paths->count * sizeof(*keys->named));
	for (size_t i = 0; i < paths->count; i++) {
		enum guid_key_problem problem =
			guid_key_read(&keys->named[i], paths->items[i]);

		if (problem != GUID_KEY_OK)
			return guid_key_error(err, paths->items[i], problem);
		keys->nnamed++;
	}
	return true;
}

/* Without --key: the installation's, and those that it had before. */
static bool read_own(struct given_keys *keys, struct arena *arena, struct error *err)
{
	char path[PATH_MAX];
	bool is_named;

	if (!guid_key_path(path, sizeof(path), &is_named))
		return true;
	if (!guid_keys_read(&keys->own, arena, path, err))
		return false;
	for (size_t i = 0; is_named && i < keys->own.count; i++)
		if (strcmp(keys->own.items[i].path, path) == 0 &&
			keys->own.items[i].problem != GUID_KEY_OK)
			return guid_key_error(err, path, keys->own.items[i].problem);
	return true;
}

/* A secret key of X25519 in a file that others cannot read. */
static bool read_auditor(struct given_keys *keys, const char *path, struct error *err)
{
	struct arena arena = {0};
	struct stat st;
	size_t size;
	char *hex;
	bool ok;

	if (stat(path, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)))
		return error_set(err, (struct location){0},
			"'%s' can be read or written by others; 'chmod 600' it, and make a "
			"new one if they may have read it",
			path);
	hex = file_read(&arena, path, &size, err);
	if (!hex)
		return false;
	if (size && hex[size - 1] == '\n')
		hex[size - 1] = '\0';
	ok = log_hex_read(hex, keys->auditor, sizeof(keys->auditor)) ||
	     error_set(err, (struct location){0},
		     "'%s' is no secret key: it must hold 64 lowercase hex digits", path);
	explicit_bzero(hex, size);
	arena_release(&arena);
	keys->has_auditor = ok;
	return ok;
}

static bool read_keys(struct given_keys *keys, const struct log_given *given,
	struct arena *arena, struct error *err)
{
	guid_key_derive(&keys->unkeyed, NULL);
	if (!read_named(keys, &given->keys, arena, err) ||
		(!given->keys.count && !read_own(keys, arena, err)) ||
		(given->auditor_key && !read_auditor(keys, given->auditor_key, err)))
		return false;
	keys->all = arena_alloc(arena,
		(1 + keys->nnamed + keys->own.count) * sizeof(const struct guid_key *));
	keys->all[keys->nall++] = &keys->unkeyed;
	for (size_t i = 0; i < keys->nnamed; i++)
		keys->all[keys->nall++] = &keys->named[i];
	for (size_t i = 0; i < keys->own.count; i++)
		if (keys->own.items[i].problem == GUID_KEY_OK)
			keys->all[keys->nall++] = &keys->own.items[i].key;
	return true;
}

static void wipe_keys(struct given_keys *keys)
{
	for (size_t i = 0; i < keys->nnamed; i++)
		guid_key_wipe(&keys->named[i]);
	guid_keys_wipe(&keys->own);
	explicit_bzero(keys->auditor, sizeof(keys->auditor));
}

static const char *const severity_names[] = {
	[LOG_ERROR] = "error",
	[LOG_UNKNOWN] = "unknown",
	[LOG_NOTE] = "note",
};

static void print_json(void *context, const struct log_finding *finding)
{
	struct json_writer json;

	(void)context;
	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "row", "finding");
	json_member_string(&json, "severity", severity_names[finding->severity]);
	json_member_string(&json, "finding", finding->kind);
	json_member_optional_string(&json, "file", finding->file);
	json_member_nonzero(&json, "line", finding->line);
	json_member_string(&json, "text", finding->text);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

static void print_text(void *context, const struct log_finding *finding)
{
	static const enum style styles[] = {
		[LOG_ERROR] = STYLE_BAD,
		[LOG_UNKNOWN] = STYLE_WARN,
		[LOG_NOTE] = STYLE_DIM,
	};

	(void)context;
	if (finding->file) {
		printf("%s", style_on(stdout, STYLE_PLACE));
		terminal_print(stdout, finding->file);
		if (finding->line)
			printf(":%" PRIu64, finding->line);
		printf("%s: ", style_off(stdout));
	}
	printf("%s%s:%s ", style_on(stdout, styles[finding->severity]),
		severity_names[finding->severity], style_off(stdout));
	terminal_print(stdout, finding->text);
	printf(" [%s]\n", finding->kind);
}

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void print_summary(const struct log_verify *verify, bool is_json)
{
	const size_t *counts = verify->findings.counts;
	struct json_writer json;

	if (!is_json) {
		printf("%" PRIu64 " line%s in %zu segment%s of %zu process%s: %" PRIu64
		       " seal%s right, %zu tag%s checked; %zu error%s, %zu not known\n",
			verify->nlines, plural(verify->nlines), verify->nsegments,
			plural(verify->nsegments), verify->nprocesses,
			verify->nprocesses == 1 ? "" : "es", verify->nfitting,
			verify->nfitting == 1 ? " is" : "s are", verify->ntags,
			plural(verify->ntags), counts[LOG_ERROR],
			plural(counts[LOG_ERROR]), counts[LOG_UNKNOWN]);
		return;
	}
	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "row", "summary");
	json_member_uint(&json, "processes", verify->nprocesses);
	json_member_uint(&json, "segments", verify->nsegments);
	json_member_uint(&json, "lines", verify->nlines);
	json_member_uint(&json, "right_seals", verify->nfitting);
	json_member_uint(&json, "checked_tags", verify->ntags);
	json_member_uint(&json, "errors", counts[LOG_ERROR]);
	json_member_uint(&json, "unknown", counts[LOG_UNKNOWN]);
	json_member_uint(&json, "notes", counts[LOG_NOTE]);
	json_end_object(&json);
	json_close(&json);
}

static bool read_segments(struct arena *arena, const struct log_files *files,
	struct log_segment **out, struct error *err)
{
	struct log_segment *segments =
		arena_alloc(arena, files->count * sizeof(*segments));

	for (size_t i = 0; i < files->count; i++)
		if (!log_segment_read(arena, files->paths[i], &segments[i], err))
			return false;
	*out = segments;
	return true;
}

static bool verify_with(struct arena *arena, const struct log_given *given,
	struct given_keys *keys, char **operands, struct log_verify *verify)
{
	struct log_segment *segments;
	struct log_files files;
	struct error err;
	bool ok =
		read_keys(keys, given, arena, &err) &&
		log_files_find(arena, LOG_FILES_AGAIN, operands, &files, &err) &&
		(!given->anchors || log_anchors_read(arena, given->anchors,
					    &verify->anchors, &verify->nanchors, &err)) &&
		read_segments(arena, &files, &segments, &err);

	verify->keys = keys->all;
	verify->nkeys = keys->nall;
	verify->auditor = keys->has_auditor ? keys->auditor : NULL;
	ok = ok && log_verify(verify, segments, files.count, &err);
	if (!ok)
		error_print(&err, "log");
	return ok;
}

int log_verify_files(const struct log_given *given, char **operands)
{
	bool is_json = log_format_of(given) == LOG_FORMAT_JSON, ok;
	struct log_verify verify = {
		.max_age_ns = (uint64_t)given->max_age_h * 3600 * 1000000000,
		.findings = {.each = is_json ? print_json : print_text},
	};
	struct given_keys keys = {.nall = 0};
	struct arena arena = {0};

	ok = verify_with(&arena, given, &keys, operands, &verify);
	wipe_keys(&keys);
	arena_release(&arena);
	if (!ok)
		return EXIT_USAGE;
	print_summary(&verify, is_json);
	if (verify.findings.counts[LOG_ERROR])
		return EXIT_FINDINGS;
	return verify.findings.counts[LOG_UNKNOWN] ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static int by_seq(const void *a, const void *b)
{
	const struct log_anchor *left = a, *right = b;
	int order = strcmp(left->instance, right->instance);

	return order ? order : (left->seq < right->seq) - (left->seq > right->seq);
}

/* Of each process, the anchor of its newest segment. */
int log_print_anchors(const struct log_given *given, char **operands)
{
	struct arena arena = {0};
	struct log_anchor *anchors = NULL;
	struct log_files files = {NULL, 0};
	struct error err;
	bool ok = log_files_find(&arena, LOG_FILES_AGAIN, operands, &files, &err);

	(void)given;
	if (ok)
		anchors = arena_alloc(&arena, files.count * sizeof(*anchors));
	for (size_t i = 0; ok && i < files.count; i++)
		ok = log_anchor_of(&arena, files.paths[i], &anchors[i], &err);
	if (ok)
		qsort(anchors, files.count, sizeof(*anchors), by_seq);
	for (size_t i = 0; ok && i < files.count; i++)
		if (!i || strcmp(anchors[i].instance, anchors[i - 1].instance) != 0)
			log_anchor_write(&anchors[i], stdout);
	if (!ok)
		error_print(&err, "log");
	arena_release(&arena);
	return ok ? EXIT_CLEAN : EXIT_USAGE;
}
