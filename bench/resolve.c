/*
 * Resolving addresses, inlined frames included, beside addr2line -f -i: OBJECT [ROUNDS].
 * 10,000 addresses, evenly from the object's functions; CPU time of both in turns, the
 * least of each. Exit status 1: more than half of addr2line's.
 */
#include "tracer/resolve.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"

#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum {
	COUNT = 10000
};

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

/* An unnamed file of the addresses, for addr2line. */
static int write_addresses(const uint64_t *addresses)
{
	char path[] = "/tmp/bench-resolve-XXXXXX";
	int fd = mkstemp(path);
	FILE *out = fd < 0 ? NULL : fdopen(dup(fd), "w");

	if (!out)
		exit(2);
	unlink(path);
	for (size_t i = 0; i < COUNT; i++)
		fprintf(out, "0x%" PRIx64 "\n", addresses[i]);
	fclose(out);
	return fd;
}

static double peer_ms(const char *object, int addresses)
{
	char name[] = "addr2line", functions[] = "-f", inlined[] = "-i", file[] = "-e";
	char *argv[] = {name, functions, inlined, file, (char *)object, NULL};
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	int status = 0;
	pid_t pid;

	lseek(addresses, 0, SEEK_SET);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, addresses, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, name, &actions, NULL, argv, environ) != 0 ||
		wait4(pid, &status, 0, &usage) < 0 || status) {
		fputs("bench_resolve: error: addr2line (binutils) cannot be run\n",
			stderr);
		exit(2);
	}
	posix_spawn_file_actions_destroy(&actions);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static double our_ms(const char *object, const uint64_t *addresses, size_t *found)
{
	struct resolve_request request = {
		.path = object, .addresses = addresses, .naddresses = COUNT};
	struct code_map map = {0};
	struct arena arena = {0};
	double start = cpu_ms(), end;

	if (!resolve(&request, &map, &arena))
		exit(2);
	*found = look_up(&map, addresses, COUNT);
	end = cpu_ms();
	code_map_release(&map);
	arena_release(&arena);
	return end - start;
}

int main(int argc, char **argv)
{
	struct resolve_request request = {.path = argv[1], .only_symbols = true};
	unsigned long rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 5;
	uint64_t addresses[COUNT];
	struct code_map symbols = {0};
	struct arena arena = {0};
	double ours = 1e9, peer = 1e9;
	size_t found = 0;
	int fd;

	if (argc < 2 || !resolve(&request, &symbols, &arena) || !symbols.nsymbols)
		return 2;
	choose(&symbols, COUNT, addresses);
	code_map_release(&symbols);
	arena_release(&arena);
	fd = write_addresses(addresses);
	for (unsigned long i = 0; i < rounds; i++) {
		double a = our_ms(argv[1], addresses, &found);
		double b = peer_ms(argv[1], fd);

		ours = a < ours ? a : ours;
		peer = b < peer ? b : peer;
	}
	printf("%d addresses, %zu with function and line: %.1f ms, addr2line %.1f ms: "
	       "%.2f, at most 0.50\n",
		COUNT, found, ours, peer, ours / peer);
	return ours > peer / 2;
}
