/* Seals, with the lines of tests/telemetry/example, which other code made. */
#include "core/log_seal.h"

#include "core/guid_key.h"

#include <criterion/criterion.h>
#include <string.h>

static const char first[] =
	"{\"level\":\"info\",\"timestamp\":\"2025-05-04T15:31:00.000000000Z\",\"correlationId\":"
	"\"01969bec0b2070119213141516171819d1d1246d10abf4e78f2911f617d5bdb5\",\"service\":"
	"\"polycall\",\"event\":\"log.segment\",\"channel\":\"log\",\"instanceId\":"
	"\"01969bec0b2070119213141516171819\",\"seq\":1,\"epoch\":0,\"mono_ns\":\"660000000000\","
	"\"guid\":\"01969bec0b2070119213141516171819d1d1246d10abf4e78f2911f617d5bdb5\","
	"\"trace_id\":\"01969bec0b2070119213141516171819\",\"span_id\":\"9213141516171819\","
	"\"key_id\":\"3b6d804e\",\"log\":{\"format\":\"pcarch.log.v1\",\"segment\":1,\"nonce\":"
	"\"01969bec0b207021a223242526272829\",\"previous\":"
	"\"0000000000000000000000000000000000000000000000000000000000000000\",\"seal\":"
	"\"local\"},\"h\":\"0f55e4d2b204a0ddc7c639d1640edc06500ab6e2ba1717b517eb3a4726ad1f03\"}";

static void begin(struct log_keys *keys)
{
	uint8_t master[GUID_KEY_SIZE], nonce[LOG_NONCE_BYTES];
	struct guid_key key;

	for (unsigned i = 0; i < sizeof(master); i++)
		master[i] = (uint8_t)i;
	guid_key_derive(&key, master);
	cr_assert(log_hex_read("01969bec0b207021a223242526272829", nonce, sizeof(nonce)));
	log_keys_begin_local(keys, &key, nonce);
}

Test(log_seal, fits_the_line_that_it_was_made_for)
{
	static const uint8_t zeros[LOG_SEAL_BYTES];
	struct log_keys keys = {.nkeys = 0};
	struct sealed_line line;
	uint8_t seal[LOG_SEAL_BYTES];

	begin(&keys);
	cr_assert(log_seal_split(first, sizeof(first) - 1, &line));
	line.seq = 1;
	line.epoch = 0;
	log_seal_make(&line, log_keys_of(&keys, 0), zeros, seal);
	cr_assert_arr_eq(seal, line.seal, sizeof(seal));
	cr_assert(log_seal_fits(&line, log_keys_of(&keys, 0), zeros));
	cr_assert_not(log_seal_fits(&line, log_keys_of(&keys, 1), zeros));
	cr_assert_not(log_seal_fits(&line, log_keys_of(&keys, 0), seal));
	line.seq = 2;
	cr_assert_not(log_seal_fits(&line, log_keys_of(&keys, 0), zeros));
	line.seq = 1;
	line.epoch = 1;
	cr_assert_not(log_seal_fits(&line, log_keys_of(&keys, 0), zeros));
	log_keys_release(&keys);
}

Test(log_seal, covers_every_bit_of_the_line)
{
	static const uint8_t zeros[LOG_SEAL_BYTES];
	struct log_keys keys = {.nkeys = 0};
	struct sealed_line line;
	char copy[sizeof(first)];

	begin(&keys);
	for (size_t bit = 0; bit < (sizeof(first) - 1) * 8; bit++) {
		memcpy(copy, first, sizeof(first));
		copy[bit / 8] = (char)(copy[bit / 8] ^ (1 << bit % 8));
		if (!log_seal_split(copy, sizeof(copy) - 1, &line))
			continue;
		line.seq = 1;
		line.epoch = 0;
		cr_assert_not(log_seal_fits(&line, log_keys_of(&keys, 0), zeros),
			"bit %zu is not sealed", bit);
	}
	log_keys_release(&keys);
}

Test(log_seal, keys_of_epochs_are_the_same_in_any_order)
{
	struct log_keys keys = {.nkeys = 0};
	uint8_t late[LOG_KEY_BYTES], early[LOG_KEY_BYTES];

	begin(&keys);
	memcpy(late, log_keys_of(&keys, 1000), sizeof(late));
	memcpy(early, log_keys_of(&keys, 3), sizeof(early));
	begin(&keys);
	cr_assert_arr_eq(log_keys_of(&keys, 3), early, sizeof(early));
	cr_assert_arr_eq(log_keys_of(&keys, 1000), late, sizeof(late));
	cr_assert_null(log_keys_of(&keys, LOG_EPOCHS_MAX));
	cr_assert_null(log_keys_of(&keys, UINT64_MAX));
	log_keys_release(&keys);
}

Test(log_seal, a_line_without_a_seal_is_told)
{
	static const char *const lines[] = {"", "{}", "\"}", ",\"h\":\"\"}",
		"{\"a\":1,\"h\":\"0f55e4d2b204a0ddc7c639d1640edc06500ab6e2ba1717b517eb3a4726ad"
		"1f0\"}",
		"{\"a\":1,\"h\":\"0F55e4d2b204a0ddc7c639d1640edc06500ab6e2ba1717b517eb3a4726ad"
		"1f03\"}",
		"{\"a\":1,\"h\":\"0f55e4d2b204a0ddc7c639d1640edc06500ab6e2ba1717b517eb3a4726ad"
		"1f03\" }",
		"{\"a\":1,\"H\":\"0f55e4d2b204a0ddc7c639d1640edc06500ab6e2ba1717b517eb3a4726ad"
		"1f03\"}"};
	struct sealed_line line;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		cr_assert_not(log_seal_split(lines[i], strlen(lines[i]), &line), "%s",
			lines[i]);
}

Test(log_seal, another_auditor_cannot_open_a_key)
{
	uint8_t secret[LOG_KEY_BYTES] = {1}, sealed[LOG_SEALED_KEY_BYTES] = {2};
	struct log_keys keys = {.nkeys = 0};

	cr_assert_not(log_keys_begin_auditor(&keys, secret, sealed));
	cr_assert_eq(keys.nkeys, 0);
}

Test(log_seal, hex_is_lower_case_and_whole)
{
	uint8_t bytes[2];

	cr_assert(log_hex_read("0aff", bytes, 2));
	cr_assert(bytes[0] == 0x0a && bytes[1] == 0xff);
	cr_assert_not(log_hex_read("0aFf", bytes, 2));
	cr_assert_not(log_hex_read("0af", bytes, 2));
	cr_assert_not(log_hex_read("0aff0", bytes, 2));
	cr_assert_not(log_hex_read("0ag0", bytes, 2));
	cr_assert_not(log_hex_read("0a:0", bytes, 2));
}
