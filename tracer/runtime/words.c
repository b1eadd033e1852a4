#include "tracer/runtime/words.h"

#include "core/record_roots.h"
#include "tracer/runtime/recording.h"
#include "tracer/runtime/roots.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
	MAX_ARGUMENTS = 64, /* that are looked at */
	MAX_BYTES = 64 << 10, /* of the command line */
};

struct argument {
	char text[ROOTS_MAX_WORD + 1];
	size_t len; /* more than ROOTS_MAX_WORD: too long to be a word */
	unsigned number; /* 0: the program */
};

static void keep(const struct roots_match *match)
{
	struct recording_header *header = recording.header;
	uint64_t at = header->strings.count;

	if (header->nwords == RECORDING_WORDS || at > header->strings.room ||
		match->len + 1 > header->strings.room - at)
		return;
	memcpy(recording.strings + at, match->text, match->len);
	recording.strings[at + match->len] = '\0';
	header->strings.count = at + match->len + 1;
	header->words[header->nwords++] =
		(struct recording_string){header->strings.offset + at, match->len};
}

/* Programs that have several names look at how they are called. */
static void take(const struct argument *argument)
{
	const char *text = argument->text;
	size_t len = argument->len;
	const char *slash = argument->number ? NULL : memrchr(text, '/', len);
	struct roots_match match;

	if (slash) {
		len -= (size_t)(slash + 1 - text);
		text = slash + 1;
	}
	if (argument->len <= ROOTS_MAX_WORD && roots_match_word(text, len, &match))
		keep(&match);
}

static void read_bytes(struct argument *argument, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n && argument->number < MAX_ARGUMENTS; i++) {
		if (!bytes[i]) {
			take(argument);
			argument->len = 0;
			argument->number++;
		} else if (argument->len < ROOTS_MAX_WORD) {
			argument->text[argument->len++] = bytes[i];
		} else {
			argument->len = ROOTS_MAX_WORD + 1;
		}
	}
}

/* A constructor is not given the command line in every kind of program: the system is
 * asked. */
void words_keep(void)
{
	struct argument argument = {.len = 0};
	size_t total = 0;
	char bytes[1024];
	ssize_t n = 1;
	int fd;

	if (!roots_are_listed())
		return;
	fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && n > 0 && total < MAX_BYTES) {
		n = read(fd, bytes, sizeof(bytes));
		if (n > 0)
			read_bytes(&argument, bytes, (size_t)n);
		total += n > 0 ? (size_t)n : 0;
	}
	if (fd < 0)
		return;
	close(fd);
	recording.header->has_words = 1;
}
