/* A compile database of any bytes: no flag comes through that runs or writes something.
 */
#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/compdb_json.h"
#include "core/error.h"
#include "core/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A word that can do harm wherever it stands: alone, or shifted behind another flag. */
static bool is_harmful(const char *word)
{
	static const char *const harmful[] = {"-load", "-fplugin", "-fpass-plugin",
		"-mllvm", "-mmlir", "-B", "-M", "-o", "-Wp,", "-Wl,", "-Wa,", "-specs",
		"--specs", "--config", "-wrapper", "-include-pch", "-fmodule",
		"-fprofile", "-ftime-trace", "-cc1", "-ccc", "--driver-mode",
		"-resource-dir", "-serialize", "-save-temps"};

	for (size_t i = 0; i < sizeof(harmful) / sizeof(harmful[0]); i++)
		if (text_has_prefix(word, harmful[i]))
			return true;
	return word[0] == '@';
}

static void check_unit(const struct scan_unit *unit)
{
	for (size_t i = 0; i < unit->narguments; i++) {
		const char *word = unit->arguments[i];

		assert(!is_harmful(word));
		if (strcmp(word, "-Xclang") == 0) {
			assert(i + 3 < unit->narguments);
			assert(strcmp(unit->arguments[i + 1], "-include") == 0);
			assert(strcmp(unit->arguments[i + 2], "-Xclang") == 0);
			assert(unit->arguments[i + 3][0] != '-');
			i += 3;
			continue;
		}
		assert(word[0] == '-' && word[1]);
		assert(strcmp(word, "-I") != 0 && strcmp(word, "-D") != 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("compdb", MFD_CLOEXEC);
	struct arena arena = {0};
	struct unit_list units;
	struct compdb db;
	struct error err;
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (fd >= 0 && write(fd, data, size) == (ssize_t)size &&
		compdb_read(&arena, path, &db, &err) &&
		units_from_database(&arena, &db, path, &units, &err)) {
		for (size_t i = 0; i < units.nunits; i++)
			check_unit(&units.units[i]);
	}
	if (fd >= 0)
		close(fd);
	arena_release(&arena);
	return 0;
}
