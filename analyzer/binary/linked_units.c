#include "analyzer/binary/linked_units.h"

#include "analyzer/binary/binary.h"
#include "core/arena.h"
#include "core/error.h"

#include <string.h>
#include <sys/stat.h>

static bool is_newer(const char *source, const struct binary *binary)
{
	struct stat st;

	if (stat(source, &st) < 0)
		return false;
	if (st.st_mtim.tv_sec != binary->modified.tv_sec)
		return st.st_mtim.tv_sec > binary->modified.tv_sec;
	return st.st_mtim.tv_nsec > binary->modified.tv_nsec;
}

static const char *first_c_unit(const struct binary *binary)
{
	for (size_t i = 0; i < binary->nunits; i++)
		if (binary->units[i].is_c)
			return binary->units[i].path;
	return binary->nunits ? binary->units[0].path : "";
}

static bool nothing_fits(const struct binary *binary, struct source_list sources,
	struct error *err)
{
	return error_set(err, (struct location){.file = binary->path},
		"no unit of it is in the compile database: it is made of '%s', where "
		"the database has '%s'; name a program that these commands build",
		first_c_unit(binary), sources.count ? sources.paths[0] : "");
}

/* Units that no source is. */
static void find_missing(const struct binary *binary, struct source_list sources,
	struct binary_fit *fit)
{
	for (uint32_t u = 0; u < binary->nunits; u++) {
		bool is_found = false;

		if (!binary->units[u].is_c)
			continue;
		for (size_t i = 0; i < sources.count && !is_found; i++)
			is_found = binary_unit_is(binary, u, sources.paths[i]);
		if (!is_found && !fit->nmissing++)
			fit->missing = binary->units[u].path;
	}
}

bool linked_units_find(struct arena *arena, struct binary_list binaries,
	struct source_list sources, struct linked_units *out, struct error *err)
{
	struct linked_units found = {
		.may_be_linked = arena_alloc(arena, sources.count),
		.fits = arena_alloc(arena, binaries.count * sizeof(*found.fits)),
	};

	for (size_t b = 0; b < binaries.count; b++) {
		const struct binary *binary = &binaries.items[b];
		struct binary_fit *fit = &found.fits[b];
		bool fits = false;

		for (size_t i = 0; i < sources.count; i++) {
			const char *source = sources.paths[i];

			if (!binary_has_unit(binary, source)) {
				found.may_be_linked[i] |=
					binary->has_bare ||
					binary_has_bare_unit(binary, source);
				continue;
			}
			fits = true;
			found.may_be_linked[i] = true;
			if (is_newer(source, binary) && !fit->nnewer++)
				fit->newer = source;
		}
		if (!fits)
			return nothing_fits(binary, sources, err);
		find_missing(binary, sources, fit);
	}
	*out = found;
	return true;
}
