#include "core/json_keys.h"

#include "core/arena.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <xxhash.h>

enum {
	SCAN_MAX = 24, /* up to so many keys, comparing hashes one by one is fastest */
	FIRST_SLOTS = 128, /* a power of 2, more than twice SCAN_MAX */
};

struct json_key {
	uint64_t hash;
	const char *raw;
	size_t len;
};

struct json_level {
	size_t first; /* key */
	uint32_t *slots; /* key - first + 1, 0: free; used beyond SCAN_MAX keys */
	size_t nslots, slot_room;
};

void json_keys_init(struct json_keys *keys)
{
	*keys = (struct json_keys){0};
	if (getrandom(&keys->seed, sizeof(keys->seed), GRND_NONBLOCK) < 0)
		keys->seed = (uint64_t)(uintptr_t)keys;
}

void json_keys_release(struct json_keys *keys)
{
	for (size_t i = 0; i < keys->levels_used; i++)
		free(keys->levels[i].slots);
	free(keys->levels);
	free(keys->keys);
	text_release(&keys->left);
	text_release(&keys->right);
	*keys = (struct json_keys){0};
}

void json_keys_push(struct json_keys *keys)
{
	if (keys->nlevels == keys->levels_used) {
		keys->levels = grow(keys->levels, keys->nlevels, &keys->level_room,
			sizeof(*keys->levels));
		keys->levels[keys->levels_used++] = (struct json_level){0};
	}
	keys->levels[keys->nlevels].first = keys->nkeys;
	keys->levels[keys->nlevels].nslots = 0;
	keys->nlevels++;
}

void json_keys_pop(struct json_keys *keys)
{
	keys->nlevels--;
	keys->nkeys = keys->levels[keys->nlevels].first;
}

static void put_slot(struct json_level *level, uint64_t hash, size_t index)
{
	size_t mask = level->nslots - 1, at = hash & mask;

	while (level->slots[at])
		at = (at + 1) & mask;
	level->slots[at] = (uint32_t)index + 1;
}

/* A table twice as large, of the `n` keys that the level has. */
static void enlarge_slots(struct json_level *level, const struct json_key *first,
	size_t n)
{
	level->nslots = level->nslots ? level->nslots * 2 : FIRST_SLOTS;
	if (level->nslots > level->slot_room) {
		level->slot_room = level->nslots;
		level->slots =
			xrealloc(level->slots, level->nslots * sizeof(*level->slots));
	}
	memset(level->slots, 0, level->nslots * sizeof(*level->slots));
	for (size_t i = 0; i < n; i++)
		put_slot(level, first[i].hash, i);
}

static bool is_same(struct json_keys *keys, const struct json_key *a,
	const struct json_key *b)
{
	if (a->hash != b->hash)
		return false;
	text_clear(&keys->left);
	text_clear(&keys->right);
	json_unescape(&keys->left, a->raw, a->len);
	json_unescape(&keys->right, b->raw, b->len);
	return keys->left.len == keys->right.len &&
	       memcmp(text_string(&keys->left), text_string(&keys->right),
		       keys->left.len) == 0;
}

static bool has_key(struct json_keys *keys, const struct json_level *level,
	const struct json_key *key)
{
	size_t mask = level->nslots - 1;

	if (!level->nslots) {
		for (size_t i = level->first; i < keys->nkeys; i++) {
			if (is_same(keys, &keys->keys[i], key))
				return true;
		}
		return false;
	}
	for (size_t at = key->hash & mask; level->slots[at]; at = (at + 1) & mask) {
		if (is_same(keys, &keys->keys[level->first + level->slots[at] - 1], key))
			return true;
	}
	return false;
}

bool json_keys_add(struct json_keys *keys, const char *raw, size_t len, bool has_escapes)
{
	struct json_level *level = &keys->levels[keys->nlevels - 1];
	struct json_key key = {0, raw, len};
	size_t n = keys->nkeys - level->first;

	if (has_escapes) {
		text_clear(&keys->left);
		json_unescape(&keys->left, raw, len);
		key.hash = XXH3_64bits_withSeed(text_string(&keys->left), keys->left.len,
			keys->seed);
	} else {
		key.hash = XXH3_64bits_withSeed(raw, len, keys->seed);
	}
	if (has_key(keys, level, &key))
		return false;
	keys->keys = grow(keys->keys, keys->nkeys, &keys->room, sizeof(*keys->keys));
	keys->keys[keys->nkeys++] = key;
	if (n >= SCAN_MAX && n + 1 > level->nslots / 2)
		enlarge_slots(level, keys->keys + level->first, n + 1);
	else if (level->nslots)
		put_slot(level, key.hash, n);
	return true;
}

static unsigned hex_digits(const char *at)
{
	unsigned value = 0;

	for (size_t i = 0; i < 4; i++) {
		char c = at[i];

		value = value << 4 |
			(unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return value;
}

static void add_code_point(struct text *out, unsigned c)
{
	if (c < 0x80) {
		text_add_char(out, (char)c);
		return;
	}
	if (c < 0x800) {
		text_add_char(out, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			text_add_char(out, (char)(0xe0 | c >> 12));
		} else {
			text_add_char(out, (char)(0xf0 | c >> 18));
			text_add_char(out, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		text_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	text_add_char(out, (char)(0x80 | (c & 0x3f)));
}

/* One escape sequence; returns its length. */
static size_t unescape_one(struct text *out, const char *raw)
{
	static const char names[] = "bfnrt", values[] = "\b\f\n\r\t";
	const char *name = strchr(names, raw[1]);
	char meant = raw[1];
	unsigned c;

	if (raw[1] != 'u') {
		if (name)
			meant = values[name - names];
		text_add_char(out, meant);
		return 2;
	}
	c = hex_digits(raw + 2);
	if (c < 0xd800 || c > 0xdbff) {
		add_code_point(out, c);
		return 6;
	}
	add_code_point(out,
		0x10000 + ((c - 0xd800) << 10) + (hex_digits(raw + 8) - 0xdc00));
	return 12;
}

void json_unescape(struct text *out, const char *raw, size_t len)
{
	const char *end = raw + len;

	while (raw < end) {
		const char *escape = memchr(raw, '\\', (size_t)(end - raw));

		text_add_bytes(out, raw, (size_t)((escape ? escape : end) - raw));
		raw = escape ? escape + unescape_one(out, escape) : end;
	}
}
