#include "tracer/object_code.h"

#include "core/arena.h"
#include "core/interner.h"
#include "scratch.h"

#include <criterion/criterion.h>
#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>

TestSuite(object_code, .init = scratch_make, .fini = scratch_remove);

static const void *caller;

static __attribute__((noinline)) int by_value(const void *a, const void *b)
{
	caller = __builtin_return_address(0);
	return *(const int *)a - *(const int *)b;
}

/* Where libc calls back from, as an address in its file. */
static uint64_t address_in_libc(const Dl_info *info)
{
	return (uint64_t)((uintptr_t)caller - (uintptr_t)info->dli_fbase);
}

#ifdef __x86_64__
Test(object_code, finds_by_what_name_a_program_got_there)
{
	int values[] = {3, 1, 2};
	struct arena arena = {0};
	scoped_interner strings = {.arena = &arena};
	struct key_table imported = {.key_bytes = sizeof(const char *)};
	const char *name = intern_string(&strings, "qsort");
	struct object_code code;
	Dl_info info;

	qsort(values, 3, sizeof(*values), by_value);
	cr_assert(dladdr(caller, &info));
	key_table_add(&imported, &name, NULL);
	cr_assert(object_code_open(&code, info.dli_fname));
	cr_assert_eq(object_code_entry(&code, address_in_libc(&info), &imported,
			     &strings),
		name);
	key_table_release(&imported);
	object_code_release(&code);
	arena_release(&arena);
}
#endif

Test(object_code, refuses_what_is_no_object_file)
{
	struct object_code code;

	scratch_write("empty", "");
	scratch_write("text", "#!/bin/sh\n");
	cr_assert_not(object_code_open(&code, scratch_path("empty")));
	cr_assert_not(object_code_open(&code, scratch_path("text")));
	cr_assert_not(object_code_open(&code, scratch_path("missing")));
}

/* Our own program, with bytes changed here and there: nothing is read beyond its end. */
Test(object_code, survives_damage)
{
	struct arena arena = {0};
	scoped_interner strings = {.arena = &arena};
	struct key_table imported = {.key_bytes = sizeof(const char *)};
	FILE *in = fopen("/proc/self/exe", "r");
	char *bytes = malloc(1 << 22);
	size_t size = fread(bytes, 1, 1 << 22, in);
	uint64_t state = 1;

	fclose(in);
	for (int round = 0; round < 30; round++) {
		FILE *out = fopen(scratch_path("damaged"), "w");
		struct object_code code;

		for (int i = 0; i < 8; i++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			bytes[(state >> 33) % (i < 6 ? 1024 : size)] ^=
				(char)(state >> 20);
		}
		memcpy(bytes, "\177ELF\2", 5);
		fwrite(bytes, 1, size >> (round % 3), out);
		fclose(out);
		if (!object_code_open(&code, scratch_path("damaged")))
			continue;
		object_code_entry(&code, state % size, &imported, &strings);
		object_code_release(&code);
	}
	free(bytes);
	arena_release(&arena);
}
