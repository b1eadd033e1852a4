/*
 * What pcarch_step() costs, against the two keyed BLAKE2b calls that a step and its GUID
 * need, in turns. Prints a line: name, ratio, limit; exit 1 beyond the limit, or when a
 * step allocates.
 */
#include "tracer/pcarch_trace.h"

#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	ROUNDS = 400,
	STEPS = 24, /* of an execution */
};

static const double limit = 1.3;
static unsigned long nmallocs;

void *__libc_malloc(size_t size); // NOLINT(bugprone-reserved-identifier): glibc's name

/* In the place of libc's, for the library as well. */
void *malloc(size_t size)
{
	nmallocs++;
	return __libc_malloc(size);
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void hash(uint8_t *out, size_t nout, const void *bytes, size_t length,
	const uint8_t key[32])
{
	static const uint8_t personal[16] = "pcarch.guid.ste";

	crypto_generichash_blake2b_salt_personal(out, nout, bytes, length, key, 32, NULL,
		personal);
}

/* One step of a word with six letters: C || i || T, then C || i. */
static uint64_t measure_hashes(void)
{
	uint8_t message[32 + 4 + 3 + 6] = {0}, tag[16];
	const uint8_t key[32] = {1};
	uint64_t start = now_ns();

	for (int i = 0; i < STEPS; i++) {
		hash(message, 32, message, sizeof(message), key);
		hash(tag, sizeof(tag), message, 36, key);
	}
	return now_ns() - start;
}

static uint64_t measure_steps(unsigned long *nallocated)
{
	struct pcarch_execution *execution = pcarch_begin(NULL);
	unsigned long before = nmallocs;
	uint64_t start = now_ns();

	for (int i = 0; i < STEPS; i++)
		pcarch_step(PCARCH_STEP_COMMAND, "status");
	start = now_ns() - start;
	*nallocated = nmallocs - before;
	pcarch_end(execution, 0);
	return start;
}

int main(void)
{
	uint64_t best_step = UINT64_MAX, best_hash = UINT64_MAX;
	unsigned long nallocated = 0;
	double ratio;

	unsetenv("PCARCH_LOG");
	if (sodium_init() < 0) /* its fastest code, as the library has */
		return 2;
	for (int i = 0; i < ROUNDS && !nallocated; i++) {
		uint64_t step = measure_steps(&nallocated), both = measure_hashes();

		best_step = step < best_step ? step : best_step;
		best_hash = both < best_hash ? both : best_hash;
	}
	ratio = (double)best_step / (double)best_hash;
	printf("step %.2f %.2f  %.0f ns against %.0f ns, %lu allocations\n", ratio, limit,
		(double)best_step / STEPS, (double)best_hash / STEPS, nallocated);
	return ratio > limit || nallocated;
}
