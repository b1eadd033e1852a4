#include "core/guid.h"
#include "core/guid_key.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* What other implementations compute: K = 00 01 … 1f, random bytes a0 … a9. */
static const uint64_t vector_ms = 1746372660000;

static void vector_key(struct guid_key *key)
{
	uint8_t bytes[GUID_KEY_SIZE];

	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	guid_key_derive(key, bytes);
}

static void vector_nonce(uint8_t nonce[GUID_NONCE_SIZE])
{
	uint8_t random[10];

	for (unsigned i = 0; i < sizeof(random); i++)
		random[i] = (uint8_t)(0xa0 + i);
	guid_nonce_make(nonce, vector_ms, random);
}

struct step {
	enum guid_kind kind;
	const char *label;
};

static void take(struct guid_chain *chain, const struct guid_key *key,
	const struct step *steps, size_t n)
{
	for (size_t i = 0; i < n && steps[i].label; i++)
		cr_assert(guid_step(chain, key, steps[i].kind, steps[i].label,
			strlen(steps[i].label)));
}

static void start(struct guid_chain *chain, const struct guid_key *key)
{
	uint8_t nonce[GUID_NONCE_SIZE];

	vector_nonce(nonce);
	guid_begin(chain, key, nonce, NULL);
}

static void tag_of(const struct guid_chain *chain, const struct guid_key *key,
	char hex[GUID_HEX_SIZE])
{
	uint8_t guid[GUID_SIZE];

	guid_tag(chain, key, guid);
	guid_hex(guid, hex);
}

Test(guid, nonce_is_a_uuid_of_the_time)
{
	uint8_t nonce[GUID_NONCE_SIZE];
	char hex[GUID_NONCE_HEX_SIZE], uuid[GUID_UUID_SIZE];

	vector_nonce(nonce);
	guid_nonce_hex(nonce, hex);
	guid_nonce_uuid(nonce, uuid);
	cr_assert_str_eq(hex, "01969bec0b2070a1a2a3a4a5a6a7a8a9");
	cr_assert_str_eq(uuid, "01969bec-0b20-70a1-a2a3-a4a5a6a7a8a9");
	cr_assert_eq(guid_nonce_ms(nonce), vector_ms);
}

Test(guid, is_the_one_that_other_implementations_compute)
{
	static const struct {
		struct step steps[4];
		const char *tag;
	} vectors[] = {
		{{{GUID_PROG, "polycall"}, {GUID_CMD, "telemetry"}},
			"c35877d379320e281131d548ceef0277"},
		{{{GUID_PROG, "polycall"}, {GUID_CMD, "telemetry"}, {GUID_CMD, "status"}},
			"a4c79db8f91e62ba598451687b169a63"},
		{{{GUID_PROG, "polycall"}, {GUID_CMD, "telemetry"}, {GUID_CMD, "start"}},
			"d231d3fab18db9c0f3207af6caa91ba7"},
		{{{GUID_PROG, "polycall"}, {GUID_CMD, "telemetry"}, {GUID_CMD, "status"},
			 {GUID_BRANCH, "source=net"}},
			"5d613efba89b7f9ee2b39fbf5482c43a"},
		{{{GUID_PROG, "polycall"}, {GUID_CMD, "telemetry"}, {GUID_CMD, "status"},
			 {GUID_BRANCH, "source=cache"}},
			"e50aa46d4ab2b2362a4da28ebe7ca37d"},
	};
	struct guid_key key;

	vector_key(&key);
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct guid_chain chain;
		char hex[GUID_HEX_SIZE];

		start(&chain, &key);
		take(&chain, &key, vectors[i].steps, 4);
		tag_of(&chain, &key, hex);
		cr_expect_str_eq(hex + 32, vectors[i].tag, "vector %zu: %s", i, hex);
		cr_expect(strncmp(hex, "01969bec0b2070a1a2a3a4a5a6a7a8a9", 32) == 0);
	}
}

Test(guid, of_a_user_is_the_one_that_other_implementations_compute)
{
	static const struct step steps[] = {
		{GUID_PROG, "polycall"}, {GUID_CMD, "telemetry"}, {GUID_CMD, "status"}};
	uint8_t nonce[GUID_NONCE_SIZE], user[GUID_USER_SIZE];
	char hex[GUID_HEX_SIZE], user_hex[GUID_NONCE_HEX_SIZE];
	struct guid_chain chain;
	struct guid_key key;

	vector_key(&key);
	vector_nonce(nonce);
	cr_assert(guid_user_ref(user, &key, "posix", "alice"));
	guid_nonce_hex(user, user_hex);
	cr_assert_str_eq(user_hex, "91adf49bffc70fbf70c8bc81c9b8893c");
	guid_begin(&chain, &key, nonce, user);
	take(&chain, &key, steps, 3);
	tag_of(&chain, &key, hex);
	cr_assert_str_eq(hex + 32, "c277327bc99186250caf8bf2978b12ea");
}

static void route_hex(const struct route_chain *chain, const char *expected)
{
	char id[ROUTE_ID_SIZE];

	route_chain_id(chain, id);
	cr_assert_str_eq(id, expected);
}

Test(guid, knows_route_and_path)
{
	static const struct step steps[] = {
		{GUID_PROG, "polycall"}, {GUID_CMD, "telemetry"}, {GUID_CMD, "status"}};
	struct guid_chain chain;
	struct guid_key key;

	guid_key_derive(&key, NULL);
	start(&chain, &key);
	take(&chain, &key, steps, 3);
	route_hex(&chain.route, "1b8da86b23cb705d8f38e7220f4f76e4");
	route_hex(&chain.path, "1b8da86b23cb705d8f38e7220f4f76e4");
	guid_step(&chain, &key, GUID_BRANCH, "source=net", 10);
	route_hex(&chain.route, "1b8da86b23cb705d8f38e7220f4f76e4");
	route_hex(&chain.path, "891b87ff1947e0503ae72bc3ec253d3e");
	guid_step(&chain, &key, GUID_OUTCOME, "ok", 2);
	route_hex(&chain.path, "891b87ff1947e0503ae72bc3ec253d3e");
}

/* A program that branches before it knows the command runs the same command. */
Test(guid, route_is_what_scan_computes_though_a_branch_came_first)
{
	static const struct step steps[] = {{GUID_PROG, "polycall"},
		{GUID_BRANCH, "config=found"}, {GUID_CMD, "telemetry"},
		{GUID_CMD, "status"}};
	struct route_chain path = {0};
	struct guid_chain chain;
	struct guid_key key;

	guid_key_derive(&key, NULL);
	start(&chain, &key);
	take(&chain, &key, steps, 4);
	for (size_t i = 0; i < 4; i++)
		route_chain_step(&path, (enum route_step)steps[i].kind, steps[i].label);
	route_hex(&chain.route, "1b8da86b23cb705d8f38e7220f4f76e4");
	cr_assert(memcmp(&chain.path, &path, sizeof(path)) == 0);
}

/* Two executions that part at one step never have the same GUID again. */
Test(guid, differs_from_the_first_other_step_on)
{
	struct guid_chain one, two;
	struct guid_key key;

	vector_key(&key);
	start(&one, &key);
	start(&two, &key);
	for (unsigned i = 0; i < 20; i++) {
		char hex[2][GUID_HEX_SIZE];

		guid_step(&one, &key, GUID_CMD, "same", 4);
		guid_step(&two, &key, GUID_CMD, i == 5 ? "else" : "same", 4);
		tag_of(&one, &key, hex[0]);
		tag_of(&two, &key, hex[1]);
		cr_expect_eq(strcmp(hex[0], hex[1]) == 0, i < 5, "step %u", i);
		cr_expect(strncmp(hex[0], hex[1], 32) == 0);
	}
}

/* Kind, label, how labels are split, the number of steps, nonce, user, key: all count. */
Test(guid, depends_on_all_that_goes_into_it)
{
	static const struct step steps[][3] = {
		{{GUID_CMD, "ab"}, {GUID_CMD, "c"}},
		{{GUID_CMD, "a"}, {GUID_CMD, "bc"}},
		{{GUID_CMD, "abc"}},
		{{GUID_CMD, "abc"}, {GUID_CMD, ""}},
		{{GUID_CMD, ""}, {GUID_CMD, "abc"}},
		{{GUID_BRANCH, "abc"}},
		{{GUID_FORK, "abc"}},
		{{GUID_OUTCOME, "abc"}},
		{{GUID_UNRESOLVED, "abc"}},
		{{GUID_PROG, "abc"}},
		{{0, NULL}},
	};
	enum {
		N = sizeof(steps) / sizeof(*steps)
	};
	static char hex[N + 3][GUID_HEX_SIZE];
	uint8_t nonce[GUID_NONCE_SIZE], user[GUID_USER_SIZE] = {1};
	struct guid_chain chain;
	struct guid_key key, none;

	vector_key(&key);
	guid_key_derive(&none, NULL);
	for (size_t i = 0; i < N; i++) {
		start(&chain, &key);
		take(&chain, &key, steps[i], 3);
		tag_of(&chain, &key, hex[i]);
	}
	start(&chain, &none);
	tag_of(&chain, &none, hex[N]);
	vector_nonce(nonce);
	guid_begin(&chain, &key, nonce, user);
	tag_of(&chain, &key, hex[N + 1]);
	nonce[15] ^= 1;
	guid_begin(&chain, &key, nonce, NULL);
	tag_of(&chain, &key, hex[N + 2]);
	for (size_t i = 0; i < N + 3; i++) {
		for (size_t j = 0; j < i; j++)
			cr_expect_str_neq(hex[i] + 32, hex[j] + 32, "%zu and %zu", i, j);
	}
}

Test(guid, of_a_forked_child_leaves_the_parents_alone)
{
	struct guid_chain parent, before, first, second, tenth, by_hand;
	char hex[3][GUID_HEX_SIZE];
	struct guid_key key;

	vector_key(&key);
	start(&parent, &key);
	guid_step(&parent, &key, GUID_PROG, "polycall", 8);
	before = parent;
	guid_fork(&first, &parent, &key, 1);
	guid_fork(&second, &parent, &key, 2);
	guid_fork(&tenth, &parent, &key, UINT32_MAX);
	cr_assert(memcmp(&parent, &before, sizeof(parent)) == 0);
	tag_of(&first, &key, hex[0]);
	tag_of(&second, &key, hex[1]);
	cr_assert_str_neq(hex[0], hex[1]);
	by_hand = parent;
	guid_step(&by_hand, &key, GUID_FORK, "4294967295", 10);
	cr_assert(memcmp(&by_hand, &tenth, sizeof(tenth)) == 0);
	cr_assert(memcmp(&first.path, &parent.path, sizeof(parent.path)) == 0);
}

Test(guid, of_a_label_that_is_too_long_is_none)
{
	char label[GUID_LABEL_MAX + 1];
	uint8_t user[GUID_USER_SIZE] = {7}, untouched[GUID_USER_SIZE] = {7};
	struct guid_chain chain, before;
	char name[GUID_LABEL_MAX + 2];
	struct guid_key key;

	memset(label, 'x', sizeof(label));
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	guid_key_derive(&key, NULL);
	start(&chain, &key);
	before = chain;
	cr_assert_not(guid_step(&chain, &key, GUID_CMD, label, sizeof(label)));
	cr_assert(memcmp(&chain, &before, sizeof(chain)) == 0);
	cr_assert(guid_step(&chain, &key, GUID_CMD, label, GUID_LABEL_MAX));
	cr_assert_not(guid_user_ref(user, &key, name, "u"));
	cr_assert_not(guid_user_ref(user, &key, "r", name));
	cr_assert(memcmp(user, untouched, sizeof(user)) == 0);
	cr_assert(guid_user_ref(user, &key, name + 1, name + 1));
}

Test(guid, matches_no_guid_with_one_bit_changed)
{
	uint8_t guid[GUID_SIZE];
	struct guid_chain chain;
	struct guid_key key;

	vector_key(&key);
	start(&chain, &key);
	guid_step(&chain, &key, GUID_PROG, "polycall", 8);
	guid_tag(&chain, &key, guid);
	cr_assert(guid_matches(&chain, &key, guid));
	for (unsigned bit = 0; bit < 8 * GUID_SIZE; bit++) {
		guid[bit / 8] ^= (uint8_t)(1 << bit % 8);
		cr_expect_not(guid_matches(&chain, &key, guid), "bit %u", bit);
		guid[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

Test(guid, new_nonces_are_of_version_7_of_now_and_never_the_same)
{
	enum {
		N = 1000
	};
	static uint8_t nonces[N][GUID_NONCE_SIZE];
	uint64_t last = 0;

	for (size_t i = 0; i < N; i++) {
		cr_assert(guid_new_nonce(nonces[i]));
		cr_expect_eq(nonces[i][6] >> 4, 7);
		cr_expect_eq(nonces[i][8] >> 6, 2);
		cr_expect(guid_nonce_ms(nonces[i]) > vector_ms);
		last = guid_nonce_ms(nonces[i]) > last ? guid_nonce_ms(nonces[i]) : last;
		for (size_t j = 0; j < i; j++)
			cr_assert(memcmp(nonces[i], nonces[j], GUID_NONCE_SIZE) != 0);
	}
	/* 281474976710655 is the last millisecond that a nonce can name. */
	guid_nonce_make(nonces[0], UINT64_MAX, nonces[1]);
	cr_assert_eq(guid_nonce_ms(nonces[0]), UINT64_C(281474976710655));
}

Test(guid, is_read_from_64_lowercase_digits_only)
{
	static const char *const wrong[] = {"", "0", "g",
		"01969bec0b2070a1a2a3a4a5a6a7a8a9a4c79db8f91e62ba598451687b169a6",
		"01969bec0b2070a1a2a3a4a5a6a7a8a9a4c79db8f91e62ba598451687b169a630",
		"01969bec0b2070a1a2a3a4a5a6a7a8a9a4c79db8f91e62ba598451687b169a6g",
		"01969BEC0b2070a1a2a3a4a5a6a7a8a9a4c79db8f91e62ba598451687b169a63",
		" 1969bec0b2070a1a2a3a4a5a6a7a8a9a4c79db8f91e62ba598451687b169a63",
		"01969bec0b2070a1a2a3a4a5a6a7a8a9a4c79db8f91e62ba598451687b169a6\n"};
	static const char right[] =
		"01969bec0b2070a1a2a3a4a5a6a7a8a9a4c79db8f91e62ba598451687b169a63";
	uint8_t guid[GUID_SIZE] = {5};
	char hex[GUID_HEX_SIZE];

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		cr_expect_not(guid_parse(wrong[i], guid), "'%s'", wrong[i]);
	cr_assert_eq(guid[0], 5);
	cr_assert(guid_parse(right, guid));
	guid_hex(guid, hex);
	cr_assert_str_eq(hex, right);
}

Test(guid, of_a_wiped_chain_leaves_nothing)
{
	static const struct guid_chain zeros;
	struct guid_chain chain;
	struct guid_key key;

	vector_key(&key);
	start(&chain, &key);
	guid_wipe(&chain);
	cr_assert(memcmp(&chain, &zeros, sizeof(chain)) == 0);
}
