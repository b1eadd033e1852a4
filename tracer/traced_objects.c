#include "tracer/traced_objects.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "tracer/recording.h"
#include "tracer/resolve.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct object_key {
	const char *path, *build_id;
};

struct place_key {
	uint64_t object, address;
};

void traced_objects_init(struct traced_objects *objects, struct interner *strings)
{
	*objects = (struct traced_objects){
		.strings = strings,
		.keys.key_bytes = sizeof(struct object_key),
		.imported.key_bytes = sizeof(const char *),
		.asked.key_bytes = sizeof(struct place_key),
	};
}

void traced_objects_release(struct traced_objects *objects)
{
	for (size_t i = 0; i < objects->keys.count; i++) {
		free(objects->items[i].addresses);
		code_map_release(&objects->items[i].map);
		object_code_release(&objects->items[i].code);
	}
	key_table_release(&objects->imported);
	key_table_release(&objects->asked);
	free(objects->answers);
	objects->answers = NULL;
	free(objects->items);
	key_table_release(&objects->keys);
	objects->items = NULL;
}

static size_t id_size(const struct recording_object *object)
{
	return object->build_id_size < RECORDING_BUILD_ID_SIZE ? object->build_id_size
							       : RECORDING_BUILD_ID_SIZE;
}

static const char *hexadecimal(struct interner *strings, const uint8_t *bytes,
	size_t size)
{
	scoped_text text = {0};

	text_add_hex(&text, bytes, size);
	return size ? intern_string(strings, text.bytes) : NULL;
}

uint32_t traced_objects_add(struct traced_objects *objects,
	const struct recording *recording, const struct recording_object *object)
{
	const struct object_key key = {
		recording_text(recording, objects->strings, &object->path),
		hexadecimal(objects->strings, object->build_id, id_size(object)),
	};
	const char *slash = strrchr(key.path, '/');
	bool is_new;
	uint32_t index = key_table_add(&objects->keys, &key, &is_new);
	struct traced_object *item;

	if (is_new) {
		objects->items = grow(objects->items, index, &objects->room,
			sizeof(*objects->items));
		objects->items[index] = (struct traced_object){
			.path = key.path,
			.name = slash ? slash + 1 : key.path,
			.build_id = key.build_id,
		};
	}
	item = &objects->items[index];
	item->is_ours = item->is_ours || object->flags & RECORDING_OBJECT_REGISTERED;
	if (object->main && !item->main) {
		item->main = object->main - object->base;
		traced_objects_want(objects, index, item->main);
	}
	return index;
}

void traced_objects_want(struct traced_objects *objects, uint32_t object,
	uint64_t address)
{
	struct traced_object *item = &objects->items[object];

	item->addresses = grow(item->addresses, item->naddresses, &item->room,
		sizeof(*item->addresses));
	item->addresses[item->naddresses++] = address;
}

static int by_address(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* From hexadecimal, as it was made above. */
static size_t id_bytes(const char *build_id, uint8_t bytes[RECORDING_BUILD_ID_SIZE])
{
	size_t n = 0;

	while (build_id && n < RECORDING_BUILD_ID_SIZE && build_id[2 * n]) {
		const char digits[] = {build_id[2 * n], build_id[2 * n + 1], '\0'};

		bytes[n++] = (uint8_t)strtoul(digits, NULL, 16);
	}
	return n;
}

static void resolve(struct traced_object *item, struct interner *strings,
	bool only_symbols)
{
	uint8_t id[RECORDING_BUILD_ID_SIZE];
	struct resolve_request request = {
		.path = item->path,
		.build_id = id,
		.build_id_size = id_bytes(item->build_id, id),
		.addresses = item->addresses,
		.naddresses = item->naddresses,
		.only_symbols = only_symbols || !item->is_ours,
	};
	struct error err;

	if (!item->naddresses)
		return;
	qsort(item->addresses, item->naddresses, sizeof(*item->addresses), by_address);
	if (!resolve_object(&request, strings, &item->map, &err))
		item->problem = intern_string(strings, err.text);
	else
		item->has_code = object_code_open(&item->code, item->path);
}

void traced_objects_resolve(struct traced_objects *objects, bool only_symbols)
{
	for (size_t i = 0; i < objects->keys.count; i++) {
		struct traced_object *item = &objects->items[i];

		resolve(item, objects->strings, only_symbols);
		for (size_t k = 0; k < item->code.nimported && item->is_ours; k++) {
			const char *name =
				intern_string(objects->strings, item->code.imported[k]);

			key_table_add(&objects->imported, &name, NULL);
		}
	}
}

static bool is_part(const char *symbol)
{
	return strstr(symbol, ".part.") || strstr(symbol, ".cold");
}

void traced_scope(const struct traced_objects *objects, uint32_t object, uint32_t scope,
	struct traced_place *out)
{
	const struct code_map *map = &objects->items[object].map;
	const struct code_function *function =
		&map->functions[map->scopes[scope].function];

	*out = (struct traced_place){
		.name = function->name ? function->name : "",
		.function = map->scopes[scope].function,
		.is_public = function->is_public,
		.is_start = true,
	};
}

void traced_body(const struct traced_objects *objects, uint32_t object, uint64_t address,
	struct traced_place *out)
{
	const struct code_map *map = &objects->items[object].map;
	const struct code_symbol *symbol = code_map_symbol_at(map, address);
	uint32_t scope = code_map_body(map, address);
	uint64_t start = address;
	scoped_text offset = {0};

	if (scope != CODE_NONE) {
		traced_scope(objects, object, scope, out);
	} else if (symbol) {
		*out = (struct traced_place){
			.name = resolve_plain_name(objects->strings, symbol->name),
			.function = CODE_NONE,
			.is_public = symbol->is_public,
		};
	} else {
		/* The same function has the same name, wherever in it the address is. */
		object_code_start(&objects->items[object].code, address, &start);
		if (start && start == objects->items[object].main)
			text_add(&offset, "main");
		else
			text_printf(&offset, "+0x%" PRIx64, start);
		*out = (struct traced_place){
			.name = intern_string(objects->strings, offset.bytes),
			.function = CODE_NONE,
		};
	}
	out->is_start = !symbol || symbol->address == address;
	out->is_part = symbol && is_part(symbol->name);
}

bool traced_is_main(const struct traced_objects *objects, uint32_t object,
	const struct traced_place *place)
{
	struct traced_place found;

	if (!objects->items[object].main)
		return false;
	traced_body(objects, object, objects->items[object].main, &found);
	return found.function == place->function && found.name == place->name;
}

static const char *through(struct traced_objects *objects, uint32_t object,
	uint64_t address)
{
	const struct traced_object *item = &objects->items[object];
	const struct code_symbol *symbol = code_map_symbol_at(&item->map, address);
	const char *name = object_code_entry(&item->code, address, &objects->imported,
		objects->strings);
	scoped_text text = {0};

	text_add(&text, item->name[0] ? item->name : "unknown");
	if (!name && symbol)
		name = resolve_plain_name(objects->strings, symbol->name);
	if (name)
		text_printf(&text, ":%s", name);
	return intern_string(objects->strings, text.bytes);
}

const char *traced_through(struct traced_objects *objects, uint32_t object,
	uint64_t address)
{
	const struct place_key key = {object, address};
	bool is_new;
	uint32_t index = key_table_add(&objects->asked, &key, &is_new);

	if (is_new) {
		objects->answers = grow(objects->answers, index, &objects->answer_room,
			sizeof(*objects->answers));
		objects->answers[index] = through(objects, object, address);
	}
	return objects->answers[index];
}
