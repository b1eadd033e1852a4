#include "core/json_reader.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/json_check.h"

#include <cjson/cJSON.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum {
	DROP_BYTES = 8 * 1024 * 1024, /* of a mapped file, read and still in memory */
	PAGE_BYTES = 64 * 1024, /* a multiple of any page size */
};

struct splitter {
	struct json_text text;
	const char *dropped; /* of a mapped file: pages before are given back; NULL: not
				mapped */
	struct text key; /* of the top-level member that is read */
	struct arena pool; /* of the element that is read */
	const struct json_visitor *visitor;
};

/*
 * cJSON allocates each node and string alone; from a pool that is dropped whole, an
 * element costs half as much. The hooks are global to cJSON, the pool is set only while
 * it parses.
 */
static _Thread_local struct arena *parse_pool;

static void *pool_alloc(size_t size)
{
	return parse_pool ? arena_alloc(parse_pool, size) : malloc(size);
}

static void pool_free(void *memory)
{
	if (!parse_pool)
		free(memory);
}

static void install_pool(void)
{
	cJSON_InitHooks(&(cJSON_Hooks){pool_alloc, pool_free});
}

static void reset_pool(struct arena *pool)
{
	if (pool->total_bytes > pool->size)
		arena_release(pool);
	pool->used = 0;
	pool->total_bytes = 0;
}

/* Give back the pages of a mapped file that are read: the kernel has them anyway. */
static void drop_pages(struct splitter *in)
{
	size_t len;

	if (!in->dropped || in->text.at - in->dropped < DROP_BYTES)
		return;
	len = (size_t)(in->text.at - in->dropped) / PAGE_BYTES * PAGE_BYTES;
	madvise((void *)in->dropped, len, MADV_DONTNEED);
	in->dropped += len;
}

static uint64_t offset(const struct json_text *text)
{
	return (uint64_t)(text->at - text->start);
}

/* Check one value, and hand it over as a tree. */
static bool read_value(struct splitter *in, const char *key)
{
	const struct json_visitor *visitor = in->visitor;
	const char *value = in->text.at;
	uint64_t at = offset(&in->text);
	cJSON *tree;
	bool ok;

	if (!json_check_value(&in->text))
		return false;
	parse_pool = &in->pool;
	tree = cJSON_ParseWithLength(value, (size_t)(in->text.at - value));
	parse_pool = NULL;
	if (!tree)
		return error_set_byte(in->text.err, in->text.name, at,
			"cJSON cannot read this value, which is valid: report a bug");
	ok = visitor->value(visitor->context, key, tree, at, in->text.err);
	reset_pool(&in->pool);
	drop_pages(in);
	return ok;
}

static bool read_elements(struct splitter *in, const char *key)
{
	const struct json_visitor *visitor = in->visitor;
	bool is_last;

	if (visitor->array &&
		!visitor->array(visitor->context, key, offset(&in->text), in->text.err))
		return false;
	if (!json_check_open(&in->text, &is_last))
		return false;
	while (!is_last) {
		if (!read_value(in, key) ||
			!json_check_separator(&in->text, ']', &is_last))
			return false;
	}
	in->text.depth--;
	return true;
}

static bool read_members(struct splitter *in)
{
	bool is_last;
	const char *raw;
	size_t len;

	if (!json_check_open(&in->text, &is_last))
		return false;
	json_keys_push(&in->text.keys);
	while (!is_last) {
		if (!json_check_key(&in->text, &raw, &len))
			return false;
		text_clear(&in->key);
		json_unescape(&in->key, raw, len);
		if (!(json_peek(&in->text) == '['
				    ? read_elements(in, text_string(&in->key))
				    : read_value(in, text_string(&in->key))))
			return false;
		if (!json_check_separator(&in->text, '}', &is_last))
			return false;
	}
	json_keys_pop(&in->text.keys);
	return true;
}

static bool read_document(struct splitter *in)
{
	struct json_text *text = &in->text;
	char first;

	if (text->start == text->end)
		return error_set(text->err, (struct location){text->name, 0, 0},
			"the file is empty: expected JSON");
	if (text->end - text->start >= 3 && memcmp(text->start, "\xef\xbb\xbf", 3) == 0)
		return error_set_byte(text->err, text->name, 0,
			"a byte order mark: save the file as UTF-8 without one");
	first = json_peek(text);
	if (first != '{' && first != '[')
		return json_fail_expected(text, "an object or an array");
	if (!(first == '{' ? read_members(in) : read_elements(in, NULL)))
		return false;
	json_skip_space(text);
	return text->at == text->end || json_fail_expected(text, "the end of the text");
}

static bool read_bytes(struct splitter *in, const char *bytes, size_t size)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	bool ok;

	pthread_once(&once, install_pool);
	in->text.start = in->text.at = bytes;
	in->text.end = bytes + size;
	json_keys_init(&in->text.keys);
	ok = read_document(in);
	json_keys_release(&in->text.keys);
	text_release(&in->key);
	arena_release(&in->pool);
	return ok;
}

bool json_read_text(const char *bytes, size_t size, const char *name,
	const struct json_visitor *visitor, struct error *err)
{
	struct splitter in = {.text = {.name = name, .err = err}, .visitor = visitor};

	return read_bytes(&in, bytes, size);
}

/* What cannot be mapped: stdin, a pipe. */
static bool read_stream(const char *path, const struct json_visitor *visitor,
	struct error *err)
{
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	struct arena arena = {0};
	size_t size;
	char *bytes = file_read(&arena, path, &size, err);
	bool ok = bytes && json_read_text(bytes, size, name, visitor, err);

	arena_release(&arena);
	return ok;
}

bool json_read_file(const char *path, const struct json_visitor *visitor,
	struct error *err)
{
	struct splitter in = {.text = {.name = path, .err = err}, .visitor = visitor};
	scoped_map map = {0};
	struct stat st;

	if (strcmp(path, "-") == 0 || (stat(path, &st) == 0 && S_ISFIFO(st.st_mode)))
		return read_stream(path, visitor, err);
	if (!file_map(path, &map, err))
		return false;
	in.dropped = map.size ? map.bytes : NULL;
	return read_bytes(&in, map.bytes, map.size);
}
