#include "core/call_way.h"

#include "core/arena.h"
#include "core/trace.h"

#include <string.h>

const char *call_way(const struct call *call, struct arena *arena)
{
	bool is_direct = strcmp(call->via, "direct") == 0,
	     is_sure = call->confidence >= 1;
	const char *via = !is_direct ? call->via : is_sure ? "" : "ambiguous";
	const char *sure = is_sure ? "" : arena_printf(arena, "%.2f", call->confidence);

	return arena_printf(arena, "%s%s%s%s%s", via, *via && *sure ? " " : "", sure,
		call->through ? " through " : "", call->through ? call->through : "");
}
