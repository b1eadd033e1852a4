#include "tracer/run_directory.h"

#include "core/arena.h"
#include "core/error.h"
#include "scratch.h"

#include <criterion/criterion.h>

static struct arena arena;

static void tear_down(void)
{
	arena_release(&arena);
	scratch_remove();
}

TestSuite(run_directory, .init = scratch_make, .fini = tear_down);

Test(run_directory, what_is_noted_is_there_when_it_is_opened)
{
	struct run_directory made, opened;
	struct error err;

	cr_assert(run_directory_make(&made, &arena, scratch_path("a/b"), &err), "%s",
		err.text);
	made.child = 4711;
	made.status = 137;
	cr_assert(run_directory_note(&made, &err), "%s", err.text);
	cr_assert(run_directory_open(&opened, &arena, scratch_path("a/b"), &err));
	cr_assert_str_eq(opened.id, made.id);
	cr_assert_eq(opened.child, 4711);
	cr_assert_eq(opened.status, 137);
	cr_assert(run_directory_is_quiet(&opened));
	run_directory_remove(&opened);
	cr_assert(access(scratch_path("a/b"), F_OK) < 0);
}

Test(run_directory, no_two_runs_have_one_id_and_none_records_over_another)
{
	struct run_directory a, b;
	struct error err;

	cr_assert(run_directory_make(&a, &arena, scratch_path("a"), &err));
	cr_assert(run_directory_make(&b, &arena, scratch_path("b"), &err));
	cr_assert_str_neq(a.id, b.id);
	cr_assert_not(run_directory_make(&b, &arena, scratch_path("a"), &err));
	cr_assert(strstr(err.text, "another run has recorded there"));
}

Test(run_directory, a_note_that_is_damaged_is_made_up_for)
{
	struct run_directory first, second;
	struct error err;

	scratch_write("run", "id ../../etc/passwd\nchild -1 status x\n");
	cr_assert(run_directory_open(&first, &arena, scratch_dir, &err));
	cr_assert(run_directory_open(&second, &arena, scratch_dir, &err));
	cr_assert_eq(strlen(first.id), 32);
	cr_assert_str_eq(first.id, second.id, "the same each time");
	cr_assert_eq(first.status, -1);
}

Test(run_directory, a_process_that_records_there_keeps_it_from_being_quiet)
{
	char name[64], stat[1024] = "";
	struct run_directory run;
	unsigned long long ticks = 0;
	FILE *in = fopen("/proc/self/stat", "r");
	struct error err;

	cr_assert(in && fgets(stat, sizeof(stat), in));
	fclose(in);
	cr_assert(sscanf(strrchr(stat, ')') + 1,
			  " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
			  "%*s %*s %*s %*s %llu",
			  &ticks) == 1);
	snprintf(name, sizeof(name), "%llx-%d-0.pcrec", ticks, (int)getpid());
	scratch_write(name, "");
	cr_assert(run_directory_open(&run, &arena, scratch_dir, &err));
	cr_assert_not(run_directory_is_quiet(&run));
	unlink(scratch_path(name));
	snprintf(name, sizeof(name), "%llx-%d-0.pcrec", ticks + 1, (int)getpid());
	scratch_write(name, "");
	cr_assert(run_directory_is_quiet(&run), "the pid is another process's by now");
}
