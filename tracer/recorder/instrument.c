#include "tracer/recorder/instrument.h"

#include "trace_flags.h"

#include <stdint.h>
#include <string.h>

/* cmake/TraceFlags.cmake has them, for pkg-config and CMake's package, too. */
static const char *const edges_gcc[] = {TRACE_FLAGS_EDGES_GCC, NULL};
static const char *const edges_clang[] = {TRACE_FLAGS_EDGES_CLANG, NULL};
static const char *const indirect_gcc[] = {TRACE_FLAGS_INDIRECT_GCC, NULL};
static const char *const indirect_clang[] = {TRACE_FLAGS_INDIRECT_CLANG, NULL};
static const char *const portable_gcc[] = {TRACE_FLAGS_PORTABLE_GCC, NULL};
static const char *const portable_clang[] = {TRACE_FLAGS_PORTABLE_CLANG, NULL};

/* What a command does, as far as it matters here. */
struct purpose {
	bool compiles, links, is_static, is_shared;
	bool is_other; /* asks something, preprocesses, or makes no program of this
			  machine */
};

struct growing {
	const char **words;
	size_t count;
	char *scratch;
	size_t used;
};

static bool has_prefix(const char *word, const char *prefix)
{
	return strncmp(word, prefix, strlen(prefix)) == 0;
}

static bool has_suffix(const char *word, const char *suffix)
{
	size_t len = strlen(word), suffix_len = strlen(suffix);

	return len >= suffix_len && strcmp(word + len - suffix_len, suffix) == 0;
}

static bool is_among(const char *word, const char *const *names)
{
	while (*names && strcmp(word, *names) != 0)
		names++;
	return *names != NULL;
}

/* "", "-12", "-19.1": what may follow the name of a compiler; "cc1" is none. */
static bool is_version(const char *rest)
{
	return (!rest[0] || rest[0] == '-') &&
	       strspn(rest, "-.0123456789") == strlen(rest);
}

/* "x86_64-linux-gnu-": programs for this machine, not for another one. */
static bool is_native(const char *target, size_t len)
{
#if defined(__x86_64__)
	static const char machine[] = "x86_64-";
#elif defined(__aarch64__)
	static const char machine[] = "aarch64-";
#else
	static const char machine[] = "?";
#endif
	return !len || (has_prefix(target, machine) && memmem(target, len, "linux", 5) &&
			       !memmem(target, len, "musl", 4));
}

/*
 * Is it a driver, "gcc", "x86_64-linux-gnu-gcc-12", "clang++", and not a tool that is
 * called after one, as clang-format? *is_c: it compiles C where nobody says otherwise.
 */
static bool is_driver(const char *path, bool *is_c)
{
	static const char *const names[] = {
		"gcc", "cc", "clang", "c89", "c99", "c17", "g++", "c++", "clang++", NULL};
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;

	for (const char *at = base; at; at = strchr(at, '-')) {
		at += *at == '-';
		for (size_t i = 0; names[i]; i++) {
			if (!has_prefix(at, names[i]) ||
				!is_version(at + strlen(names[i])))
				continue;
			*is_c = !strchr(at, '+');
			return is_native(base, (size_t)(at - base));
		}
	}
	return false;
}

bool instrument_is_cxx(const char *path)
{
	bool is_c = true;

	return is_driver(path, &is_c) && !is_c;
}

static bool is_c_source(const char *word)
{
	return has_suffix(word, ".c") || has_suffix(word, ".i");
}

static bool is_probe(const char *word)
{
	const char *slash = strrchr(word, '/');

	return has_prefix(slash ? slash + 1 : word, "conftest") ||
	       strstr(word, "CMakeFiles/CMakeScratch") || strstr(word, "CMakeTmp") ||
	       strstr(word, "meson-private");
}

/* No program comes of these, or one that must hold nothing but what is given. */
static bool is_stop(const char *word)
{
	static const char *const stops[] = {"-E", "-M", "-MM", "-fsyntax-only", "-###",
		"-r", "-nostdlib", "-nostartfiles", "-ffreestanding", "-m32", "-mx32",
		"-target", "--version", "--help", "-dumpversion", "-dumpmachine",
		"-dumpfullversion", "-dumpspecs", NULL};

	return is_among(word, stops) || has_prefix(word, "-print-") ||
	       has_prefix(word, "--print-") || has_prefix(word, "--target=");
}

/* A word of its own in a response file; those that are quoted are none of ours. */
static bool has_word(const char *bytes, size_t size, const char *word)
{
	static const char space[] = " \t\r\n";
	size_t len = strlen(word), at = 0;

	while (at < size) {
		size_t end = at;

		while (end < size && bytes[end] && !strchr(space, bytes[end]))
			end++;
		if (end - at == len && memcmp(bytes + at, word, len) == 0)
			return true;
		at = end + 1;
	}
	return false;
}

/* What one word says of the command; `before` is the one before it. */
static void read_word(struct purpose *purpose, const char *before, const char *word)
{
	static const char *const static_words[] = {"-static", "-static-pie", NULL};

	purpose->is_other = purpose->is_other || is_stop(word) || is_probe(word);
	if (strcmp(word, "-c") == 0 || strcmp(word, "-S") == 0)
		purpose->links = false;
	if (is_among(word, static_words))
		purpose->is_static = true;
	if (is_c_source(word) || strcmp(word, "-xc") == 0 ||
		(strcmp(word, "c") == 0 && strcmp(before, "-x") == 0))
		purpose->compiles = true;
}

static struct purpose purpose_of(const struct command_line *line)
{
	struct purpose purpose = {.links = true};
	const char *word = line->words, *before = "";
	bool has_input = false;

	for (size_t i = 0; i < line->count; i++, word += strlen(word) + 1) {
		if (i <= line->driver)
			continue;
		read_word(&purpose, before, word);
		has_input = has_input || word[0] != '-';
		before = word;
	}
	if (line->response) {
		if (has_word(line->response, line->response_size, "-c"))
			purpose.links = false;
		purpose.compiles = purpose.compiles || !purpose.links;
	}
	purpose.is_other = purpose.is_other || !has_input;
	return purpose;
}

static void add(struct growing *out, const char *word)
{
	out->words[out->count++] = word;
}

/* `directory`, of `len` bytes, and `name`; NULL: too long. */
static const char *join(struct growing *out, const char *directory, size_t len,
	const char *name)
{
	size_t name_len = strlen(name);
	char *path = out->scratch + out->used;

	if (out->used + len + name_len + 1 > INSTRUMENT_BYTES)
		return NULL;
	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): it comes with the name */
	memcpy(path, directory, len);
	memcpy(path + len, name, name_len + 1);
	out->used += len + name_len + 1;
	return path;
}

static void add_flags(struct growing *out, const char *mode, bool is_clang)
{
	static const struct {
		const char *mode;
		const char *const *flags[2]; /* of GCC and clang */
	} all[] = {
		{"edges:", {edges_gcc, edges_clang}},
		{"indirect:", {indirect_gcc, indirect_clang}},
		{"portable:", {portable_gcc, portable_clang}},
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const char *const *flags = all[i].flags[is_clang];

		while (has_prefix(mode, all[i].mode) && *flags)
			add(out, *flags++);
	}
}

/* What `how` says behind the colon. */
static bool add_runtime(struct growing *out, const char *how, bool is_static)
{
	const char *colon = strchr(how, ':'), *directory = colon ? colon + 1 : "";
	size_t len = strlen(directory);
	const char *stub = join(out, directory, len, "/libpcarch-stub.a");
	const char *runtime = join(out, directory, len,
		is_static ? "/libpcarch-trace.a" : "/libpcarch-trace.so");
	const char *place = join(out, directory, len, "");

	if (!len || !stub || !runtime || !place)
		return false;
	add(out, "-Wl,-u,pcarch_stub");
	add(out, stub);
	add(out, runtime);
	if (!is_static) {
		add(out, "-Xlinker");
		add(out, "-rpath");
		add(out, "-Xlinker");
		add(out, place);
	}
	return true;
}

bool instrument(const struct command_line *line, const char *how, const char **out,
	char *scratch) /* NOLINT(readability-non-const-parameter): written to by join() */
{
	struct growing growing = {.words = out, .scratch = scratch};
	const struct purpose purpose = purpose_of(line);
	const char *word = line->words, *driver = "";
	bool is_c = false;

	for (size_t i = 0; i < line->count; i++, word += strlen(word) + 1) {
		add(&growing, word);
		if (i != line->driver)
			continue;
		driver = word;
		/* What the user says of it comes later, and so counts. */
		add(&growing, "-g");
	}
	if (!is_driver(driver, &is_c) || purpose.is_other ||
		(!purpose.compiles && !purpose.links))
		return false;
	if (purpose.compiles)
		add_flags(&growing, how, line->is_clang);
	if (purpose.links && !add_runtime(&growing, how, purpose.is_static))
		return false;
	add(&growing, NULL);
	return true;
}
