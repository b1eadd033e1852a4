/*
 * Loaded into every process of a build (LD_PRELOAD). One that is a C compiler's driver
 * appends its command line to the file that PCARCH_RECORD names, before its own first
 * line runs; and, where PCARCH_INSTRUMENT asks for it, starts itself anew with flags
 * added to that command line.
 *
 * Why not the exec family: make, ninja, shells and ccache start processes in a dozen ways
 * (vfork, posix_spawn, execve from inside libc, which no preloaded library sees); how
 * each of them starts is one way.
 *
 * Nothing here allocates, prints or fails: what cannot be recorded is not.
 */
#include "tracer/recorder/instrument.h"
#include "tracer/recorder/record.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
	MAX_WORDS_BYTES = 8 << 20, /* Linux allows 6 MiB */
	NPARTS = 5, /* before the response files */
};

struct words {
	char *bytes;
	size_t size;
	uint32_t count;
};

/* What is written, and the response files to be unmapped after it. */
struct record {
	struct record_header header;
	struct record_response responses[RECORD_MAX_RESPONSES];
	struct iovec parts[NPARTS + RECORD_MAX_RESPONSES + 1];
	char directory[PATH_MAX];
};

/*
 * A C compiler's name, alone or among dashes: "arm-none-eabi-gcc-12". This one rule lets
 * "gcc-ar" pass, too; who reads the records knows the rest.
 */
static bool is_compiler(const char *path)
{
	static const char names[][6] = {"gcc", "cc", "clang", "c89", "c99", "c17"};
	const char *slash = strrchr(path, '/');

	for (const char *at = slash ? slash + 1 : path; at; at = strchr(at, '-')) {
		at += *at == '-';
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			size_t len = strlen(names[i]);

			if (strncmp(at, names[i], len) == 0 && at[len] != '+' &&
				(at[len] < 'a' || at[len] > 'z'))
				return true;
		}
	}
	return false;
}

/* They need not start the compiler that they are told to. */
static bool is_launcher(const char *name)
{
	static const char *const names[] = {"ccache", "sccache", "distcc", "icecc"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/*
 * Read from /proc rather than taken from a constructor's arguments: musl passes none, and
 * a program linked with it would crash here.
 */
static bool read_words(struct words *words)
{
	int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;

	if (fd < 0)
		return false;
	while (words->size < MAX_WORDS_BYTES) {
		n = read(fd, words->bytes + words->size, MAX_WORDS_BYTES - words->size);
		if (n <= 0)
			break;
		words->size += (size_t)n;
	}
	close(fd);
	if (n != 0 || !words->size || words->bytes[words->size - 1])
		return false;
	for (size_t i = 0; i < words->size; i++)
		words->count += !words->bytes[i];
	return true;
}

static const char *next_word(const struct words *words, const char *word)
{
	word += strlen(word) + 1;
	return word < words->bytes + words->size ? word : NULL;
}

/* "ccache [NAME=VALUE...] gcc ARGUMENTS", not "ccache --show-stats": where "gcc" is. */
static bool launches_compiler(const struct words *words, size_t *index)
{
	const char *word = next_word(words, words->bytes);

	*index = 1;
	for (; word && strchr(word, '='); ++*index)
		word = next_word(words, word);
	return word && is_compiler(word);
}

/* Map a response file as the next part. A pipe is the compiler's to read. */
static void add_response(struct record *record, uint32_t word, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	uint32_t at = record->header.nresponses;
	void *bytes = MAP_FAILED;
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
		st.st_size <= RECORD_MAX_RESPONSE_BYTES)
		bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return;
	record->responses[at] = (struct record_response){word, (uint32_t)st.st_size};
	record->parts[NPARTS + at] = (struct iovec){bytes, (size_t)st.st_size};
	record->header.nresponses++;
}

static void add_responses(struct record *record, const struct words *words)
{
	const char *word = words->bytes;

	for (uint32_t i = 0; word && record->header.nresponses < RECORD_MAX_RESPONSES;
		i++) {
		if (word[0] == '@' && word[1])
			add_response(record, i, word + 1);
		word = next_word(words, word);
	}
}

/* One write at the end of the file: whole among the records of other processes. */
static void append(const char *path, struct record *record)
{
	uint64_t end = RECORD_END;
	size_t nparts = NPARTS + record->header.nresponses;
	int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);

	record->parts[nparts++] = (struct iovec){&end, sizeof(end)};
	for (size_t i = 0; i < nparts; i++)
		record->header.size += record->parts[i].iov_len;
	if (fd < 0)
		return;
	while (writev(fd, record->parts, (int)nparts) < 0 && errno == EINTR)
		;
	close(fd);
}

static bool make_record(struct record *record, const struct words *words)
{
	const char *program = (const char *)getauxval(AT_EXECFN);

	if (!getcwd(record->directory, sizeof(record->directory)))
		return false;
	if (!program)
		program = "";
	record->header =
		(struct record_header){.magic = RECORD_MAGIC, .nwords = words->count};
	add_responses(record, words);
	record->parts[0] = (struct iovec){&record->header, sizeof(record->header)};
	record->parts[1] = (struct iovec){record->responses,
		record->header.nresponses * sizeof(record->responses[0])};
	record->parts[2] =
		(struct iovec){record->directory, strlen(record->directory) + 1};
	record->parts[3] = (struct iovec){(char *)program, strlen(program) + 1};
	record->parts[4] = (struct iovec){words->bytes, words->size};
	return true;
}

static void release_record(struct record *record)
{
	for (uint32_t i = 0; i < record->header.nresponses; i++)
		munmap(record->parts[NPARTS + i].iov_base,
			record->parts[NPARTS + i].iov_len);
}

/* "clang" may be called "cc". */
static bool is_clang(const struct words *words, size_t driver)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	const char *word = words->bytes, *slash;

	for (size_t i = 0; i < driver; i++)
		word += strlen(word) + 1;
	path[len > 0 ? len : 0] = '\0';
	slash = strrchr(driver ? word : path, '/');
	return strstr(slash ? slash : word, "clang") != NULL;
}

/*
 * Start this program again with more words. Where that is not possible, it goes on as it
 * is. Response files are still open to be read once, as record_this() has mapped them.
 */
static void run_instrumented(const struct words *words, size_t driver, const char *how,
	const struct record *record)
{
	const char *program = (const char *)getauxval(AT_EXECFN);
	size_t room = words->count + INSTRUMENT_WORDS;
	char scratch[INSTRUMENT_BYTES];
	struct command_line line = {
		.words = words->bytes,
		.size = words->size,
		.count = words->count,
		.driver = driver,
		.is_clang = is_clang(words, driver),
	};
	const char **out = mmap(NULL, room * sizeof(*out), PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (record->header.nresponses) {
		line.response = record->parts[NPARTS].iov_base;
		line.response_size = record->parts[NPARTS].iov_len;
	}
	if (out == MAP_FAILED)
		return;
	if (program && instrument(&line, how, out, scratch))
		execve(program, (char *const *)out, environ);
	munmap(out, room * sizeof(*out));
}

/* What a wrapper or a -cc1 says would be the same command again. */
static void record_this(char *path, char *how, const struct words *words, size_t driver)
{
	struct record record = {.header.nresponses = 0};

	if (!make_record(&record, words))
		return;
	if (!instrument_is_cxx(program_invocation_short_name))
		append(path, &record);
	path[0] = '\0';
	if (how && how[0])
		run_instrumented(words, driver, how, &record);
	release_record(&record);
}

static void read_command(char *path, char *how)
{
	struct words words = {0};
	size_t driver = 0;

	words.bytes = mmap(NULL, MAX_WORDS_BYTES, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (words.bytes == MAP_FAILED)
		return;
	if (read_words(&words) && (!is_launcher(program_invocation_short_name) ||
					  launches_compiler(&words, &driver)))
		record_this(path, how, &words, driver);
	munmap(words.bytes, MAX_WORDS_BYTES);
}

/* Not getenv: some programs (bash) bring one of their own, which is not ready yet. */
static char *find_variable(const char *name)
{
	size_t len = strlen(name);

	for (char **variable = environ; variable && *variable; variable++)
		if (strncmp(*variable, name, len) == 0 && (*variable)[len] == '=')
			return *variable + len + 1;
	return NULL;
}

__attribute__((constructor)) static void on_start(void)
{
	char *path = find_variable(RECORD_VARIABLE);
	const char *name = program_invocation_short_name;
	int saved = errno;

	if (!path || !path[0] || !name)
		return;
	if (is_compiler(name) || is_launcher(name) || instrument_is_cxx(name))
		read_command(path, find_variable(RECORD_INSTRUMENT));
	errno = saved;
}
