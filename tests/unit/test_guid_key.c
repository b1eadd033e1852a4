#include "core/arena.h"
#include "core/error.h"
#include "core/guid_key_store.h"
#include "tests/unit/scratch.h"

#include <sys/stat.h>

static const char key_line[] =
	"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

static void hex_is(const uint8_t *bytes, size_t size, const char *expected)
{
	char hex[65];

	for (size_t i = 0; i < size; i++)
		snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
	cr_expect_str_eq(hex, expected);
}

/* Computed with Python's hashlib.blake2b, whose salt and person libsodium's KDF uses. */
Test(guid_key, derives_what_other_implementations_derive)
{
	uint8_t bytes[GUID_KEY_SIZE];
	struct guid_key key;

	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	guid_key_derive(&key, bytes);
	cr_assert(key.is_keyed);
	hex_is(key.chain, sizeof(key.chain),
		"0b03c2278b50ed0398f65a77604e1c56b024f862188aee75dfa09067062034a4");
	hex_is(key.tag, sizeof(key.tag),
		"9492b4c6dd9741cefa966ef61b8a3b98836a225a4545bd6ac028f520d3525688");
	hex_is(key.user, sizeof(key.user),
		"93987e0af1d2931413df7555c5383298fe28e6060a9720d8f2dca5c83b4831c0");
	hex_is(key.log, sizeof(key.log),
		"3a0890e545726b9d6d67b9fdec0fae325d072dbcf3f6699a1c8f1debf5247950");
	hex_is(key.id, sizeof(key.id), "3b6d804e");
	guid_key_derive(&key, NULL);
	cr_assert_not(key.is_keyed);
	hex_is(key.chain, sizeof(key.chain),
		"dad2e1ad9f0eb53695fdc25e554af0194fa0f7e6b2f9499432bc1016b70209f7");
	hex_is(key.tag, sizeof(key.tag),
		"de72fb663dde2756e226760edd5523a5164f62edd467cd8c88f12bb662f928c9");
	hex_is(key.user, sizeof(key.user),
		"993b34875e7b57f21652e98919fd7fe64cf2d99f1aeb78c22ec2f16eefcf7eec");
	hex_is(key.log, sizeof(key.log),
		"b44a02c0abe6316180e5f3753c9cc265b309283f0e98bb8973ad17fdd48ef2cf");
	hex_is(key.id, sizeof(key.id), "43477db1");
}

Test(guid_key, that_is_wiped_leaves_nothing)
{
	static const struct guid_key zeros;
	struct guid_key key;

	guid_key_derive(&key, NULL);
	guid_key_wipe(&key);
	cr_assert(memcmp(&key, &zeros, sizeof(key)) == 0);
}

static const char *write_key(const char *content, mode_t mode)
{
	const char *path = scratch_path("key");

	unlink(path);
	scratch_write("key", content);
	cr_assert_eq(chmod(path, mode), 0);
	return path;
}

Test(guid_key, is_read_from_a_file_that_is_ours_alone, .init = scratch_make,
	.fini = scratch_remove)
{
	struct guid_key key;
	char id[GUID_KEY_ID_HEX_SIZE];

	cr_assert_eq(guid_key_read(&key, write_key(key_line, 0600)), GUID_KEY_OK);
	guid_key_id_hex(&key, id);
	cr_assert_str_eq(id, "3b6d804e");
	cr_assert_eq(guid_key_read(&key, write_key(key_line, 0400)), GUID_KEY_OK);
	cr_assert_eq(guid_key_read(&key, write_key("000102030405060708090A0B0C0D0E0F"
						   "101112131415161718191A1B1C1D1E1F",
						 0600)),
		GUID_KEY_OK);
	guid_key_id_hex(&key, id);
	cr_assert_str_eq(id, "3b6d804e");
}

Test(guid_key, of_a_file_that_others_can_use_is_refused, .init = scratch_make,
	.fini = scratch_remove)
{
	static const mode_t modes[] = {0640, 0604, 0620, 0602, 0610, 0601, 0644, 0666};
	struct guid_key key = {.id = {9}};

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
		cr_expect_eq(guid_key_read(&key, write_key(key_line, modes[i])),
			GUID_KEY_EXPOSED, "mode %o", modes[i]);
	cr_assert_eq(key.id[0], 9);
}

Test(guid_key, of_what_is_no_key_is_refused, .init = scratch_make, .fini = scratch_remove)
{
	static const char *const wrong[] = {"", "\n", "00", "no key",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n\n",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1g",
		"000102030405060708090a0b0c0d0e0f 01112131415161718191a1b1c1d1e1f",
		"\n000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"};
	struct guid_key key = {.id = {9}};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		cr_expect_eq(guid_key_read(&key, write_key(wrong[i], 0600)),
			GUID_KEY_MALFORMED, "'%s'", wrong[i]);
	cr_assert_eq(guid_key_read(&key, write_key("00000000000000000000000000000000"
						   "00000000000000000000000000000000\n",
						 0600)),
		GUID_KEY_ZERO);
	cr_assert_eq(key.id[0], 9);
}

Test(guid_key, of_what_is_no_file_is_refused, .init = scratch_make,
	.fini = scratch_remove)
{
	struct guid_key key = {.id = {9}};

	cr_assert_eq(guid_key_read(&key, scratch_path("none")), GUID_KEY_MISSING);
	cr_assert_eq(guid_key_read(&key, scratch_dir), GUID_KEY_NO_FILE);
	write_key(key_line, 0600);
	cr_assert_eq(symlink(scratch_path("key"), scratch_path("link")), 0);
	cr_assert_eq(guid_key_read(&key, scratch_path("link")), GUID_KEY_LINK);
	cr_assert_eq(mkfifo(scratch_path("pipe"), 0600), 0);
	cr_assert_eq(guid_key_read(&key, scratch_path("pipe")), GUID_KEY_NO_FILE);
	cr_assert_eq(guid_key_read(&key, scratch_path("key/below")), GUID_KEY_UNREADABLE);
	cr_assert_eq(key.id[0], 9);
	/* Only root can make a file somebody else's. */
	if (chown(scratch_path("key"), geteuid() + 1, (gid_t)-1) == 0)
		cr_assert_eq(guid_key_read(&key, scratch_path("key")), GUID_KEY_FOREIGN);
}

Test(guid_key, is_where_the_environment_says, .init = scratch_make,
	.fini = scratch_remove)
{
	struct guid_key key;
	char path[512] = "before";
	bool is_named;

	write_key(key_line, 0600);
	setenv("HOME", scratch_dir, 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv(GUID_KEY_VARIABLE);
	cr_assert(guid_key_path(path, sizeof(path), &is_named));
	cr_assert_str_eq(path, scratch_path(".config/pcarch/guid.key"));
	cr_assert_not(is_named);
	cr_assert_eq(guid_key_load(&key), GUID_KEY_OK); /* none, and none needed */
	cr_assert_not(key.is_keyed);

	setenv("XDG_CONFIG_HOME", "/nowhere", 1);
	cr_assert(guid_key_path(path, sizeof(path), &is_named));
	cr_assert_str_eq(path, "/nowhere/pcarch/guid.key");
	setenv("XDG_CONFIG_HOME", "relative", 1);
	cr_assert(guid_key_path(path, sizeof(path), &is_named));
	cr_assert_str_eq(path, scratch_path(".config/pcarch/guid.key"));

	setenv(GUID_KEY_VARIABLE, scratch_path("key"), 1);
	cr_assert(guid_key_path(path, sizeof(path), &is_named));
	cr_assert_str_eq(path, scratch_path("key"));
	cr_assert(is_named);
	cr_assert_not(guid_key_path(path, 5, &is_named));
	cr_assert_eq(guid_key_load(&key), GUID_KEY_OK);
	cr_assert(key.is_keyed);

	setenv(GUID_KEY_VARIABLE, scratch_path("none"), 1);
	cr_assert_eq(guid_key_load(&key), GUID_KEY_MISSING);
	cr_assert_not(key.is_keyed);
	setenv(GUID_KEY_VARIABLE, "", 1);
	cr_assert_not(guid_key_path(path, sizeof(path), &is_named));
	cr_assert_eq(guid_key_load(&key), GUID_KEY_OK);
	cr_assert_not(key.is_keyed);
}

Test(guid_key, is_made_once_and_for_us_alone, .init = scratch_make,
	.fini = scratch_remove)
{
	const char *path = scratch_path("a/b/guid.key");
	struct guid_key first, second;
	struct error err;
	struct stat file;

	umask(0);
	cr_assert(guid_key_make(path, &err), "%s", err.text);
	cr_assert_eq(stat(path, &file), 0);
	cr_assert_eq(file.st_mode & 07777, 0600);
	cr_assert_eq(file.st_nlink, 1); /* the temporary one is gone */
	cr_assert_eq(guid_key_read(&first, path), GUID_KEY_OK);
	cr_assert_not(guid_key_make(path, &err));
	cr_assert_not_null(strstr(err.text, "is there already"));
	cr_assert_eq(guid_key_read(&second, path), GUID_KEY_OK);
	cr_assert(memcmp(&first, &second, sizeof(first)) == 0);
	cr_assert(guid_key_make(scratch_path("other"), &err));
	cr_assert_eq(guid_key_read(&second, scratch_path("other")), GUID_KEY_OK);
	cr_assert(memcmp(&first, &second, sizeof(first)) != 0);
}

Test(guid_key, that_was_rotated_is_kept_by_its_id, .init = scratch_make,
	.fini = scratch_remove)
{
	const char *path = scratch_path("guid.key");
	struct guid_keys keys;
	struct arena arena = {0};
	struct guid_key old[2], now;
	struct error err;

	cr_assert_not(guid_key_rotate(path, &err));
	cr_assert(guid_key_make(path, &err));
	for (size_t i = 0; i < 2; i++) {
		cr_assert_eq(guid_key_read(&old[i], path), GUID_KEY_OK);
		cr_assert(guid_key_rotate(path, &err), "%s", err.text);
	}
	cr_assert_eq(guid_key_read(&now, path), GUID_KEY_OK);
	scratch_write("guid.key.00000000", "no key");
	scratch_write("guid.key.0000000g", "no id");
	scratch_write("guid.key.000000000", "no id");
	cr_assert(guid_keys_read(&keys, &arena, path, &err));
	cr_assert_eq(keys.count, 4);
	cr_assert(memcmp(&keys.items[0].key, &now, sizeof(now)) == 0);
	cr_assert_eq(keys.items[1].problem, GUID_KEY_EXPOSED);
	for (size_t i = 2; i < 4; i++) {
		cr_expect_eq(keys.items[i].problem, GUID_KEY_OK);
		cr_expect_not(keys.items[i].is_misnamed);
		cr_expect(memcmp(&keys.items[i].key, &old[0], sizeof(now)) == 0 ||
			  memcmp(&keys.items[i].key, &old[1], sizeof(now)) == 0);
	}
	cr_assert_eq(rename(keys.items[3].path, scratch_path("guid.key.ffffffff")), 0);
	cr_assert(guid_keys_read(&keys, &arena, path, &err));
	cr_assert(keys.items[3].is_misnamed);
	guid_keys_wipe(&keys);
	arena_release(&arena);
}

/* The old key was kept, and the new one not yet there. */
Test(guid_key, goes_on_where_a_rotation_was_interrupted, .init = scratch_make,
	.fini = scratch_remove)
{
	const char *path = scratch_path("guid.key");
	char id[GUID_KEY_ID_HEX_SIZE], kept[600];
	struct guid_key key;
	struct error err;

	cr_assert(guid_key_make(path, &err));
	cr_assert_eq(guid_key_read(&key, path), GUID_KEY_OK);
	guid_key_id_hex(&key, id);
	snprintf(kept, sizeof(kept), "%s.%s", path, id);
	cr_assert_eq(link(path, kept), 0);
	cr_assert(guid_key_rotate(path, &err), "%s", err.text);
	cr_assert(guid_key_make(scratch_path("other"), &err));
	cr_assert_eq(guid_key_read(&key, path), GUID_KEY_OK);
	guid_key_id_hex(&key, id);
	snprintf(kept, sizeof(kept), "%s.%s", path, id);
	cr_assert_eq(rename(scratch_path("other"), kept), 0);
	cr_assert_not(guid_key_rotate(path, &err));
	cr_assert_not_null(strstr(err.text, "is another key"));
}
