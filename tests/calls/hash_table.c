/* A hash table of void *: it keeps functions' addresses in boxes, and structs beside them. */
#include <stdlib.h>
#include <string.h>

#define NBUCKETS 8

struct entry {
	const char *key;
	void *value;
	struct entry *next;
};

struct box {
	int (*run)(int);
};

static struct entry *buckets[NBUCKETS];

static int up(int x)
{
	return x + 1;
}

static int down(int x)
{
	return x - 1;
}

static struct entry **bucket(const char *key)
{
	return &buckets[(unsigned char)key[0] % NBUCKETS];
}

static void put(const char *key, void *value)
{
	struct entry *entry = malloc(sizeof(*entry));

	if (!entry)
		abort();
	entry->key = key;
	entry->value = value;
	entry->next = *bucket(key);
	*bucket(key) = entry;
}

static void *get(const char *key)
{
	for (struct entry *e = *bucket(key); e; e = e->next)
		if (!strcmp(e->key, key))
			return e->value;
	return NULL;
}

int main(void)
{
	static struct box box = {up};
	struct box *found;
	int (*function)(int);

	put("box", &box);
	put("down", (void *)down);
	found = get("box");
	function = (int (*)(int))get("down");
	if (!found || !function || get("none"))
		return 1;
	if (found->run(1) != 2) /* -> up; closed */
		return 1;
	return function(1); /* -> down; closed */
}
