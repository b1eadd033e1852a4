#include "core/span_ids.h"

#include <string.h>
#include <sys/random.h>

static bool refill(struct span_ids *ids)
{
	if (getrandom(ids->bytes, sizeof(ids->bytes), 0) != sizeof(ids->bytes))
		return false;
	ids->nleft = sizeof(ids->bytes) / 8;
	return true;
}

bool span_ids_next(struct span_ids *ids, uint8_t out[8])
{
	uint64_t id = 0;

	while (!id) {
		if (!ids->nleft && !refill(ids))
			return false;
		memcpy(&id, ids->bytes + (size_t)8 * --ids->nleft, 8);
	}
	memcpy(out, &id, 8);
	return true;
}

void span_ids_forget(struct span_ids *ids)
{
	*ids = (struct span_ids){0};
}
