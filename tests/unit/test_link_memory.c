#include "analyzer/facts/facts.h"
#include "analyzer/facts/facts_builder.h"
#include "analyzer/link/link.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/static_json.h"
#include "core/text.h"
#include "core/trace.h"
#include "scratch.h"

#include <stdint.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum {
	NUNITS = 200,
	NFUNCTIONS = 100, /* of a unit */
	NSITES = 50, /* of a function: a million in all */
};

TestSuite(link_memory, .init = scratch_make, .fini = scratch_remove);

/* A function of its own for each number; the last ones are the next unit's. */
static void add_functions(struct facts_builder *facts, unsigned unit)
{
	for (uint32_t i = 0; i < NFUNCTIONS + 10; i++) {
		bool is_own = i < NFUNCTIONS;
		char name[64];

		snprintf(name, sizeof(name), "unit%u_function%u",
			is_own ? unit : (unit + 1) % NUNITS, is_own ? i : i - NFUNCTIONS);
		facts_add_function(facts,
			(struct facts_function){
				.name = facts_intern(facts, name),
				.signature = facts_intern(facts, "int (int, char *)"),
				.line = i * 100,
				.column = 5,
				.offset = i * 4000,
				.end_line = is_own ? i * 100 + 99 : 0,
				.arity = 2,
				.flags = is_own ? FACTS_DEFINED : 0,
				.first_site = is_own ? i * NSITES : 0,
				.nsites = is_own ? NSITES : 0,
			});
	}
}

static void add_unit(struct text *archive, unsigned unit)
{
	struct facts_builder *facts = facts_builder_new();
	struct facts_unit head = {.status = UNIT_PARSED};
	char path[64];

	snprintf(path, sizeof(path), "/src/part%u/unit%u.c", unit % 20, unit);
	head.path = facts_intern(facts, path);
	facts_add_file(facts, (struct facts_file){.path = head.path});
	add_functions(facts, unit);
	for (uint32_t i = 0; i < NFUNCTIONS * NSITES; i++)
		facts_add_site(facts, (struct facts_site){
					      .node = FACTS_NONE,
					      .line = i * 2,
					      .column = 9,
					      .spelling_file = FACTS_NONE,
					      .callee = i * 7 % (NFUNCTIONS + 10),
				      });
	facts_build(facts, head, archive);
	facts_builder_free(facts);
}

static void write_archive(const char *path)
{
	FILE *out = fopen(path, "w");
	scoped_text image = {0};

	if (!out)
		_exit(3);
	for (unsigned i = 0; i < NUNITS; i++) {
		text_clear(&image);
		add_unit(&image, i);
		fwrite(image.bytes, 1, image.len, out);
	}
	_exit(fclose(out) == 0 ? 0 : 3);
}

/* As `pcarch link` does; status 3 when anything is not as it must be. */
static void link_archive(const char *path)
{
	const struct link_options options = {.root = "/src", .tool_version = "test"};
	static struct facts images[NUNITS];
	FILE *null = fopen("/dev/null", "w");
	struct static_trace trace;
	struct arena arena = {0};
	struct file_map map;
	struct error err;
	size_t at = 0;

	if (!null || !file_map(path, &map, &err))
		_exit(3);
	for (unsigned i = 0; i < NUNITS; i++) {
		struct facts_place place = {path, at};

		if (!facts_open(map.bytes + at, map.size - at, place, &images[i], &err))
			_exit(3);
		at += images[i].size;
	}
	link_facts(&arena, images, NUNITS, &options, &trace);
	if (trace.nsites != (size_t)NUNITS * NFUNCTIONS * NSITES ||
		trace.ncalls != trace.nsites || !static_json_write(&trace, null))
		_exit(3);
	_exit(0);
}

/* Peak memory in bytes of `run`, in a process of its own. */
static uint64_t peak_of(void (*run)(const char *), const char *path)
{
	struct rusage usage;
	int status;
	pid_t pid = fork();

	cr_assert_geq(pid, 0);
	if (!pid)
		run(path);
	cr_assert_eq(wait4(pid, &status, 0, &usage), pid);
	cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return (uint64_t)usage.ru_maxrss * 1024;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_OWN_MEMORY true
#elif defined(__has_feature)
#define HAS_OWN_MEMORY \
	(__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define HAS_OWN_MEMORY false
#endif

/* A site takes 48 bytes as a fact, which stays mapped, and 204 to be sorted and written.
 */
Test(link_memory, million_sites_take_at_most_five_times_their_facts)
{
	const char *path = scratch_path("million.facts");
	uint64_t peak, limit;
	struct stat st;

	if (HAS_OWN_MEMORY)
		cr_skip_test("a sanitizer takes several times the memory");
	peak_of(write_archive, path);
	cr_assert_eq(stat(path, &st), 0);
	limit = (64u << 20) + (uint64_t)st.st_size * 5;
	peak = peak_of(link_archive, path);
	cr_assert_leq(peak, limit, "%llu KiB for %llu KiB of facts",
		(unsigned long long)peak >> 10, (unsigned long long)st.st_size >> 10);
}
