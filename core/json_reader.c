#include "core/json_reader.h"

#include "core/arena.h"
#include "core/element_json.h"
#include "core/error.h"
#include "core/file.h"
#include "core/json_check.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum {
	DROP_BYTES = 8 * 1024 * 1024, /* of a mapped file, read and still in memory */
	PAGE_BYTES = 64 * 1024, /* a multiple of any page size */
};

struct splitter {
	struct json_text text;
	const char *dropped; /* pages before it are given back; NULL: not mapped */
	struct text key; /* of the top-level member that is read */
	struct arena pool; /* of the element that is read */
	struct element_items items; /* of an array in it that is read item by item */
	const struct json_visitor *visitor;
};

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

static bool read_value(struct splitter *in, const char *key)
{
	const struct json_visitor *visitor = in->visitor;
	uint64_t at = offset(&in->text);
	const struct cJSON *tree =
		in->items.key ? element_json_read_items(&in->text, &in->pool, &in->items)
			      : element_json_read(&in->text, &in->pool);
	bool ok = tree && visitor->value(visitor->context, key, tree, at, in->text.err);

	arena_reset(&in->pool);
	drop_pages(in);
	return ok;
}

static bool on_item(void *context, const struct cJSON *value, uint64_t at,
	struct error *err)
{
	struct splitter *in = context;

	drop_pages(in);
	return in->visitor->item(in->visitor->context, text_string(&in->key), value, at,
		err);
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
	in->items.key =
		visitor->inner && key ? visitor->inner(visitor->context, key) : NULL;
	while (!is_last) {
		if (!read_value(in, key) ||
			!json_check_separator(&in->text, ']', &is_last))
			return false;
	}
	in->items.key = NULL;
	in->text.depth--;
	return true;
}

static bool read_members(struct splitter *in)
{
	struct json_span key;
	bool is_last;

	if (!json_check_open(&in->text, &is_last))
		return false;
	json_keys_push(&in->text.keys);
	while (!is_last) {
		if (!json_check_key(&in->text, &key))
			return false;
		text_clear(&in->key);
		json_unescape(&in->key, key.raw, key.len);
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

static bool check_start(struct json_text *text)
{
	if (text->start == text->end)
		return error_set(text->err, (struct location){text->name, 0, 0},
			"the file is empty: expected JSON");
	if (text->end - text->start >= 3 && memcmp(text->start, "\xef\xbb\xbf", 3) == 0)
		return error_set_byte(text->err, text->name, 0,
			"a byte order mark: save the file as UTF-8 without one");
	return true;
}

static bool check_end(struct json_text *text)
{
	json_skip_space(text);
	return text->at == text->end || json_fail_expected(text, "the end of the text");
}

static bool read_document(struct splitter *in)
{
	struct json_text *text = &in->text;
	char first;

	if (!check_start(text))
		return false;
	first = json_peek(text);
	if (first != '{' && first != '[')
		return json_fail_expected(text, "an object or an array");
	return (first == '{' ? read_members(in) : read_elements(in, NULL)) &&
	       check_end(text);
}

static bool read_bytes(struct splitter *in, const char *bytes, size_t size)
{
	bool ok;

	in->text.start = in->text.at = bytes;
	in->text.end = bytes + size;
	in->items.item = on_item;
	in->items.context = in;
	json_keys_init(&in->text.keys);
	ok = read_document(in);
	json_keys_release(&in->text.keys);
	text_release(&in->key);
	arena_release(&in->pool);
	arena_release(&in->items.pool);
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
	in.dropped = map.size > DROP_BYTES ? map.bytes : NULL;
	return read_bytes(&in, map.bytes, map.size);
}

bool json_read(const struct json_source *source, const struct json_visitor *visitor,
	struct error *err)
{
	if (!source->bytes)
		return json_read_file(source->name, visitor, err);
	return json_read_text(source->bytes, source->size, source->name, visitor, err);
}

const struct cJSON *json_read_tree(struct arena *arena, const char *bytes, size_t size,
	const char *name, struct error *err)
{
	struct json_text text = {.start = bytes,
		.at = bytes,
		.end = bytes + size,
		.name = name,
		.err = err};
	const struct cJSON *tree = NULL;

	json_keys_init(&text.keys);
	if (check_start(&text))
		tree = element_json_read(&text, arena);
	if (tree && !check_end(&text))
		tree = NULL;
	json_keys_release(&text.keys);
	return tree;
}
