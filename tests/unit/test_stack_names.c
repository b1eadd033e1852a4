/* Frames of stacks are a stranger's: what is none has no name, and nothing else happens.
 */
#include "cli/stack_names.h"

#include "cli/command.h"
#include "core/error.h"

#include <criterion/criterion.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

static const char *paths[] = {"/proc/self/exe"};
static const struct option_values binaries = {paths, 1, 1};
static struct stack_names names;
static struct error err;

static char own_id[41];
static uintptr_t own_base;

/* The build id of this very program, as far as logs have it. */
static int find_id(struct dl_phdr_info *info, size_t size, void *data)
{
	(void)size;
	(void)data;
	own_base = info->dlpi_addr;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const uint8_t *note =
			(const uint8_t *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
		const uint8_t *end = note + info->dlpi_phdr[i].p_memsz;

		while (info->dlpi_phdr[i].p_type == PT_NOTE &&
			note + sizeof(ElfW(Nhdr)) <= end) {
			const ElfW(Nhdr) *head = (const ElfW(Nhdr) *)(const void *)note;
			const uint8_t *id =
				note + sizeof(*head) + ((head->n_namesz + 3U) & ~3U);

			for (size_t k = 0; head->n_type == NT_GNU_BUILD_ID && k < 8; k++)
				snprintf(own_id + 2 * k, 3, "%02x", id[k]);
			note = id + ((head->n_descsz + 3U) & ~3U);
		}
	}
	return 1; /* the first is the program */
}

Test(stack_names, of_what_is_no_frame_there_are_none)
{
	static const char *const frames[] = {"", "[", "a", "a[", "a[]", "a[]+0x1",
		"a[]+0x", "[00]+0x1", "a[0]+0x1", "a[zz]+0x1", "a[AB]+0x1", "a[ab]+1",
		"a[ab]+0x", "a[ab]+0x0", "a[ab]+0x1 ", "a[ab]+0xg", "../a[ab]+0x1",
		"a/b[ab]+0x1", "a[ab]+0xffffffffffffffffff", "a[abab]+0x1[abab]+0x1",
		"a[0123456789012345678901234567890123456789ab]+0x1"};

	cr_assert(stack_names_open(&names, &binaries, &err));
	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++)
		cr_expect_null(stack_names_of(&names, frames[i]), "'%s'", frames[i]);
	stack_names_close(&names);
}

Test(stack_names, are_of_the_binary_with_the_build_id)
{
	uintptr_t address = (uintptr_t)find_id;
	char frame[128];
	const char *name;

	dl_iterate_phdr(find_id, NULL);
	if (!own_id[0])
		cr_skip_test("this program has no build id");
	snprintf(frame, sizeof(frame), "any[%s]+0x%lx", own_id,
		(unsigned long)(address - own_base + 1));
	cr_assert(stack_names_open(&names, &binaries, &err));
	name = stack_names_of(&names, frame);
	cr_assert_not_null(name, "'%s'", frame);
	cr_expect_eq(strncmp(name, "find_id", strlen("find_id")), 0, "'%s'", name);
	cr_expect_eq(stack_names_of(&names, frame), name, "it is asked for once");
	frame[4] = frame[4] == '0' ? '1' : '0';
	cr_expect_null(stack_names_of(&names, frame), "another build id");
	stack_names_close(&names);
}

Test(stack_names, need_binaries_that_are_there)
{
	static const char *missing[] = {"/no/such/file"};
	static const struct option_values wrong = {missing, 1, 1};

	cr_assert_not(stack_names_open(&names, &wrong, &err));
	cr_assert(strstr(err.text, "/no/such/file"));
}
