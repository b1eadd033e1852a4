/* Documents held against a schema while they pass by, element by element. */
#include "core/json_reader.h"
#include "core/schema_check_json.h"
#include "core/schema_json.h"
#include "core/schema_node.h"
#include "core/text.h"

#include <cjson/cJSON.h>
#include <string.h>

struct stream {
	struct schema_checker checker;
	const struct schema_node *root;
	bool is_array; /* the document is one */
	bool *is_seen; /* of the root's properties: it came */
	size_t hint; /* where the next property is, when they come in schema order */
	/* The top-level array that is read: */
	struct text key;
	const struct schema_node *array; /* NULL: anything, or no array */
	struct schema_place place;
	uint64_t offset;
	size_t nitems;
	bool is_open;
};

/* Every item came: now the array can be held against what counts them. */
static void close_array(struct stream *in)
{
	in->checker.offset = in->offset;
	for (const struct schema_node *node = in->array; node && in->is_open;
		node = node->reference) {
		if (in->nitems < node->min_items)
			schema_find(&in->checker,
				in->root == in->array ? NULL : &in->place,
				"has %zu items, expected at least %zu", in->nitems,
				node->min_items);
	}
	in->is_open = false;
	in->array = NULL;
}

/* What the top-level member `key` must match; false when it may not be there. */
static bool member_node(struct stream *in, const char *key,
	const struct schema_node **out)
{
	const struct schema_property *property =
		schema_property_of(in->root, key, &in->hint);
	const struct schema_place place = {NULL, key, 0};

	if (property)
		in->is_seen[property - in->root->properties] = true;
	return schema_member_node(&in->checker, in->root, property, &place, out);
}

/* Whether an array may be here at all; its items come later. */
static bool check_array_itself(struct stream *in, const struct schema_place *place)
{
	for (const struct schema_node *node = in->array; node; node = node->reference) {
		if (node->is_false)
			return schema_find(&in->checker, place, "is not allowed here");
		if (node->types && !(node->types & SCHEMA_ARRAY))
			return schema_find_type(&in->checker, place, SCHEMA_ARRAY,
				node->types);
		if (node->has_enumeration)
			return schema_find(&in->checker, place, "must not be an array");
	}
	return true;
}

static bool on_array(void *context, const char *key, uint64_t offset, struct error *err)
{
	struct stream *in = context;

	(void)err;
	close_array(in);
	in->checker.offset = in->offset = offset;
	in->nitems = 0;
	in->is_open = true;
	in->is_array = !key;
	text_clear(&in->key);
	text_add(&in->key, key ? key : "");
	in->place = (struct schema_place){NULL, text_string(&in->key), 0};
	if (!key)
		in->array = in->root;
	else if (!member_node(in, key, &in->array))
		in->array = NULL;
	if (!check_array_itself(in, key ? &in->place : NULL))
		in->array = NULL;
	return true;
}

static bool on_value(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	struct stream *in = context;
	const struct schema_node *node;

	(void)err;
	in->checker.offset = offset;
	if (in->is_open && strcmp(text_string(&in->key), key ? key : "") == 0) {
		const struct schema_place item = {
			in->is_array ? NULL : &in->place, NULL, in->nitems++};

		for (node = in->array; node; node = node->reference) {
			if (node->items)
				schema_check_value(&in->checker, value, node->items,
					&item);
		}
		return true;
	}
	close_array(in);
	in->checker.offset = offset;
	if (member_node(in, key, &node) && node) {
		const struct schema_place place = {NULL, key, 0};

		schema_check_value(&in->checker, value, node, &place);
	}
	return true;
}

static void check_document(struct stream *in)
{
	const struct schema_node *root = in->root;

	in->checker.offset = 0;
	if (in->is_array)
		return;
	if (root->is_false)
		schema_find(&in->checker, NULL, "is not allowed");
	if (root->has_enumeration)
		schema_find(&in->checker, NULL, "must not be an object");
	if (root->types && !(root->types & SCHEMA_OBJECT)) {
		schema_find_type(&in->checker, NULL, SCHEMA_OBJECT, root->types);
		return;
	}
	for (size_t i = 0; i < root->nproperties; i++) {
		if (root->properties[i].is_required && !in->is_seen[i])
			schema_find(&in->checker, NULL, "has no member '%s'",
				root->properties[i].name);
	}
}

bool schema_check(const struct schema *schema, const struct json_source *source,
	struct schema_report *report, struct error *err)
{
	struct arena arena = {0};
	struct stream in = {.checker = {.report = report}, .root = schema->root};
	const struct json_visitor visitor = {
		.value = on_value, .array = on_array, .context = &in};
	bool ok;

	in.is_seen = arena_alloc(&arena, schema->root->nproperties * sizeof(*in.is_seen));
	ok = json_read(source, &visitor, err);
	if (ok) {
		close_array(&in);
		check_document(&in);
	}
	text_release(&in.key);
	arena_release(&arena);
	return ok;
}

void schema_report_release(struct schema_report *report)
{
	arena_release(&report->arena);
	*report = (struct schema_report){0};
}
