/*
 * What `pcarch guid decode` costs among 10,000 commands, against the bare hashes that it
 * computes, in turns; how many of 4,000 GUIDs it finds the way of; and how many with one
 * bit changed it accepts. Prints lines: name, value, limit, what it is; exit 1 where one
 * is beyond its limit.
 *
 * bench_telemetry_decode [GUIDS]: so many instead of 4,000.
 */
#include "core/arena.h"
#include "core/guid_key.h"
#include "core/guid_search.h"
#include "core/route_tree.h"
#include "core/trace.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	FAN = 10, /* commands below each one */
	DEPTH = 4, /* words of the longest */
	NROUTES = 10 + 100 + 1000 + 10000,
	NBRANCHES = 2, /* choices of the one branch point */
	GUIDS = 4000,
	ROUNDS = 15,
};

static const double limit = 1.5;

static const char *const choices[NBRANCHES] = {"cache", "net"};
static const struct branch branch = {"source", choices, NBRANCHES, "a.c", 1};
static struct route routes[NROUTES];
static struct static_trace trace = {.routes = routes,
	.branches = &branch,
	.nbranches = 1};
static struct route_tree tree;
static struct guid_key key;

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* In the order of static.json: each command before what is below it. */
static void add_below(struct arena *arena, uint32_t parent, const char *const *above,
	size_t depth)
{
	for (unsigned i = 0; i < FAN && depth < DEPTH; i++) {
		const char **tokens = arena_alloc(arena, (depth + 1) * sizeof(*tokens));
		uint32_t self = (uint32_t)trace.nroutes++;

		for (size_t t = 0; t < depth; t++)
			tokens[t] = above[t];
		tokens[depth] = arena_printf(arena, "word%u", i);
		routes[self] = (struct route){.program = "bench",
			.tokens = tokens,
			.ntokens = depth + 1,
			.parent = parent};
		add_below(arena, self, tokens, depth + 1);
	}
}

static struct guid_found search(struct arena *arena, const uint8_t guid[GUID_SIZE])
{
	const struct guid_search how = {
		.tree = &tree, .key = &key, .budget = GUID_SEARCH_BUDGET};

	return guid_search(&how, arena, guid);
}

/* The GUID of command `route`, and of its first or second branch, if any. */
static void make(uint32_t route, unsigned taken, uint8_t guid[GUID_SIZE])
{
	static const char *const labels[] = {"source=cache", "source=net"};
	uint8_t nonce[GUID_NONCE_SIZE];
	struct guid_chain chain;

	if (!guid_new_nonce(nonce))
		exit(2);
	guid_begin(&chain, &key, nonce, NULL);
	guid_step(&chain, &key, GUID_PROG, "bench", 5);
	for (size_t i = 0; i < routes[route].ntokens; i++)
		guid_step(&chain, &key, GUID_CMD, routes[route].tokens[i],
			strlen(routes[route].tokens[i]));
	if (taken)
		guid_step(&chain, &key, GUID_BRANCH, labels[taken - 1],
			strlen(labels[taken - 1]));
	guid_tag(&chain, &key, guid);
}

static uint64_t measure_search(const uint8_t guid[GUID_SIZE], struct guid_found *found)
{
	struct arena arena = {0};
	uint64_t start = now_ns();

	*found = search(&arena, guid);
	start = now_ns() - start;
	arena_release(&arena);
	return start;
}

/* As many steps of words with five letters, and as many tags. */
static uint64_t measure_hashes(const struct guid_found *found)
{
	static const uint8_t personal[16] = "pcarch.guid.ste";
	uint8_t message[32 + 4 + 3 + 5] = {0}, tag[16];
	uint64_t start = now_ns();

	for (uint64_t i = 0; i < found->nsteps; i++)
		crypto_generichash_blake2b_salt_personal(message, 32, message,
			sizeof(message), key.chain, 32, NULL, personal);
	for (uint64_t i = 0; i < found->ntags; i++) {
		crypto_generichash_blake2b_salt_personal(tag, 16, message, 36, key.tag,
			32, NULL, personal);
		message[0] ^= tag[0];
	}
	return now_ns() - start;
}

static bool compare_times(void)
{
	uint64_t best_search = UINT64_MAX, best_hashes = UINT64_MAX;
	uint8_t guid[GUID_SIZE];
	struct guid_found found;
	double ratio;

	make(NROUTES - 1, 2, guid); /* the last that is tried */
	for (int i = 0; i < ROUNDS; i++) {
		uint64_t searched = measure_search(guid, &found);
		uint64_t hashed = measure_hashes(&found);

		best_search = searched < best_search ? searched : best_search;
		best_hashes = hashed < best_hashes ? hashed : best_hashes;
	}
	ratio = (double)best_search / (double)best_hashes;
	printf("decode %.2f %.2f  %.1f ms for %llu ways of %u commands, against %.1f ms of "
	       "hashes\n",
		ratio, limit, (double)best_search / 1e6, (unsigned long long)found.ntags,
		NROUTES, (double)best_hashes / 1e6);
	return ratio <= limit;
}

static bool find_all(unsigned nguids)
{
	unsigned nwrong = 0;

	for (unsigned i = 0; i < nguids; i++) {
		uint32_t route = randombytes_uniform(NROUTES);
		unsigned taken = randombytes_uniform(NBRANCHES + 1);
		struct arena arena = {0};
		uint8_t guid[GUID_SIZE];
		struct guid_found found;
		const char *last;

		make(route, taken, guid);
		found = search(&arena, guid);
		last = found.count ? found.steps[found.count - 1].label : "";
		if (found.answer != GUID_MATCH || found.route != route ||
			found.count != 1 + routes[route].ntokens + !!taken ||
			(taken && !strstr(last, choices[taken - 1])))
			nwrong++;
		arena_release(&arena);
	}
	printf("decode_wrong %u 0  of %u GUIDs of random commands and branches\n", nwrong,
		nguids);
	return !nwrong;
}

static bool refuse_all(void)
{
	unsigned naccepted = 0;
	uint8_t guid[GUID_SIZE];

	make(NROUTES / 2, 1, guid);
	for (unsigned bit = 0; bit < 8 * GUID_SIZE; bit++) {
		struct arena arena = {0};

		guid[bit / 8] ^= (uint8_t)(1 << bit % 8);
		naccepted += search(&arena, guid).answer != GUID_NO_MATCH;
		guid[bit / 8] ^= (uint8_t)(1 << bit % 8);
		arena_release(&arena);
	}
	printf("decode_forged %u 0  of %u GUIDs with one bit changed\n", naccepted,
		8 * GUID_SIZE);
	return !naccepted;
}

int main(int argc, char **argv)
{
	const uint8_t bytes[GUID_KEY_SIZE] = {1};
	unsigned nguids = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : GUIDS;
	struct arena arena = {0};
	bool is_good;

	if (sodium_init() < 0) /* the fastest code, for both sides */
		return 2;
	add_below(&arena, TRACE_NONE, NULL, 0);
	route_tree_init(&tree, &arena, &trace);
	guid_key_derive(&key, bytes);
	is_good = compare_times();
	is_good = find_all(nguids) && is_good;
	is_good = refuse_all() && is_good;
	arena_release(&arena);
	return !is_good;
}
