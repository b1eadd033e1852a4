#include "core/guid_steps.h"

#include "core/text.h"

#include <string.h>

static const char *const names[] = {
	[GUID_PROG] = "PROG",
	[GUID_CMD] = "CMD",
	[GUID_BRANCH] = "BRANCH",
	[GUID_FORK] = "FORK",
	[GUID_OUTCOME] = "OUTCOME",
	[GUID_UNRESOLVED] = "UNRESOLVED",
};

bool guid_step_parse(const char *text, struct guid_way_step *out)
{
	const char *colon = strchr(text, ':');

	if (!colon || strlen(colon + 1) > GUID_LABEL_MAX)
		return false;
	for (unsigned kind = GUID_PROG; kind <= GUID_UNRESOLVED; kind++) {
		if (strlen(names[kind]) != (size_t)(colon - text) ||
			memcmp(names[kind], text, (size_t)(colon - text)) != 0)
			continue;
		if (kind == GUID_BRANCH && (colon[1] == '=' || !strchr(colon, '=')))
			return false;
		*out = (struct guid_way_step){(enum guid_kind)kind, colon + 1};
		return true;
	}
	return false;
}

void guid_step_print(struct text *text, const struct guid_way_step *step)
{
	text_printf(text, "%s:%s", names[step->kind], step->label);
}

void guid_take(struct guid_chain *chain, const struct guid_key *key,
	const struct guid_way_step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++)
		guid_step(chain, key, steps[i].kind, steps[i].label,
			strlen(steps[i].label));
}
