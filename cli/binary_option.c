#include "cli/binary_option.h"

#include "analyzer/binary/binary.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/finding.h"
#include "core/real_path.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <string.h>

bool binary_option_read(struct arena *arena, const struct option_values *paths,
	struct binary_list *out, struct error *err)
{
	struct binary *items = arena_alloc(arena, paths->count * sizeof(*items));

	for (size_t i = 0; i < paths->count; i++)
		if (!binary_read(arena, paths->items[i], &items[i], err))
			return false;
	*out = (struct binary_list){items, paths->count};
	return true;
}

static void warn(const char *command, const char *untrusted, enum finding finding)
{
	fprintf(stderr, "pcarch %s: %swarning:%s ", command, style_on(stderr, STYLE_WARN),
		style_off(stderr));
	terminal_print(stderr, untrusted);
	fprintf(stderr, " %s[%s]%s\n", style_on(stderr, STYLE_DIM),
		finding_kinds[finding].name, style_off(stderr));
}

static const char *shown(const char *path, const char *root)
{
	size_t len = strlen(root);

	return path_is_within(path, root) && path[len] == '/' ? path + len + 1 : path;
}

/* "'a.c'", or "'a.c' and 2 more". */
static void add_first(struct text *text, const char *first, size_t count)
{
	text_printf(text, "'%s'", first);
	if (count > 1)
		text_printf(text, " and %zu more", count - 1);
}

void binary_option_warn(const char *command, struct binary_list binaries,
	const struct linked_units *units, const char *root)
{
	for (size_t i = 0; i < binaries.count; i++) {
		const struct binary_fit *fit = &units->fits[i];
		scoped_text stale = {0}, missing = {0};

		if (fit->nnewer) {
			text_printf(&stale, "'%s' is older than its source ",
				binaries.items[i].path);
			add_first(&stale, shown(fit->newer, root), fit->nnewer);
			text_add(&stale, "; build it again");
			warn(command, stale.bytes, FINDING_BINARY_STALE);
		}
		if (fit->nmissing) {
			text_printf(&missing, "'%s' has units that are not scanned: ",
				binaries.items[i].path);
			add_first(&missing, shown(fit->missing, root), fit->nmissing);
			text_add(&missing, "; calls in them are missing");
			warn(command, missing.bytes, FINDING_UNIT_NOT_SCANNED);
		}
	}
}
