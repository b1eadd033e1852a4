#include "analyzer/keep.h"

#include "core/arena.h"

#include <stdlib.h>
#include <string.h>

void keep_reachable(const struct keep_pair *pairs, size_t npairs, bool *kept,
	size_t nfunctions)
{
	uint32_t *first = xmalloc((nfunctions + 2) * sizeof(*first));
	uint32_t *to = xmalloc(npairs * sizeof(*to));
	uint32_t *queue = xmalloc(nfunctions * sizeof(*queue));
	uint32_t *at = first + 1;
	size_t count = 0;

	memset(first, 0, (nfunctions + 2) * sizeof(*first));
	for (size_t i = 0; i < npairs; i++)
		at[pairs[i].from + 1]++;
	for (size_t i = 1; i <= nfunctions; i++)
		at[i] += at[i - 1];
	for (size_t i = 0; i < npairs; i++)
		to[at[pairs[i].from]++] = pairs[i].to;
	for (uint32_t i = 0; i < nfunctions; i++)
		if (kept[i])
			queue[count++] = i;
	for (size_t i = 0; i < count; i++)
		for (uint32_t p = first[queue[i]]; p < first[queue[i] + 1]; p++) {
			if (kept[to[p]])
				continue;
			kept[to[p]] = true;
			queue[count++] = to[p];
		}
	free(first);
	free(to);
	free(queue);
}
