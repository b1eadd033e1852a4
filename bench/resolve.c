/*
 * How long it takes to resolve addresses: bench_resolve OBJECT COUNT FILE. Takes COUNT
 * addresses, evenly from its functions, writes them to FILE for addr2line, and prints the
 * CPU time in milliseconds and how many were found.
 */
#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"
#include "tracer/resolve.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_address(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* As many from one function as from the next, whatever their size. */
static void choose(const struct code_map *map, size_t count, uint64_t *addresses)
{
	for (size_t i = 0; i < count; i++) {
		const struct code_symbol *symbol =
			&map->symbols[i * map->nsymbols / count];

		addresses[i] = symbol->address +
			       (symbol->size ? i * 2654435761 % symbol->size : 0);
	}
	qsort(addresses, count, sizeof(*addresses), by_address);
}

static bool resolve(struct resolve_request *request, struct code_map *map,
	struct arena *arena)
{
	scoped_interner strings = {.arena = arena};
	struct error err;

	if (resolve_object(request, &strings, map, &err))
		return true;
	error_print(&err, "bench_resolve");
	return false;
}

static size_t look_up(const struct code_map *map, const uint64_t *addresses, size_t count)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		found += code_map_innermost(map, addresses[i]) != CODE_NONE &&
			 code_map_line_at(map, addresses[i]);
	return found;
}

int main(int argc, char **argv)
{
	size_t count = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
	uint64_t *addresses = xmalloc((count + 1) * sizeof(*addresses));
	struct resolve_request request = {.path = argv[1], .only_symbols = true};
	struct code_map symbols = {0}, map = {0};
	struct arena arena = {0};
	double start;
	FILE *out;

	if (!count || !(out = fopen(argv[3], "w")))
		return 2;
	if (!resolve(&request, &symbols, &arena) || !symbols.nsymbols)
		return 1;
	choose(&symbols, count, addresses);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "0x%" PRIx64 "\n", addresses[i]);
	fclose(out);
	request = (struct resolve_request){
		.path = argv[1], .addresses = addresses, .naddresses = count};
	start = cpu_ms();
	if (!resolve(&request, &map, &arena))
		return 1;
	printf("%.1f ms, %zu of %zu found\n", cpu_ms() - start,
		look_up(&map, addresses, count), count);
	return 0;
}
