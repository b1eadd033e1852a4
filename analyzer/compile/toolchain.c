#include "analyzer/compile/toolchain.h"

#include "analyzer/compile/units.h"
#include "analyzer/workers/child.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What libclang compiles for when nobody tells it, without the vendor. */
#if defined(__x86_64__) && defined(__ILP32__)
#define HOST_ARCH "x32"
#elif defined(__x86_64__)
#define HOST_ARCH "x86_64"
#elif defined(__i386__)
#define HOST_ARCH "i386"
#elif defined(__aarch64__)
#define HOST_ARCH "aarch64"
#elif defined(__arm__)
#define HOST_ARCH "arm"
#elif defined(__riscv)
#define HOST_ARCH "riscv64"
#elif defined(__powerpc64__)
#define HOST_ARCH "powerpc64le"
#elif defined(__s390x__)
#define HOST_ARCH "s390x"
#else
#define HOST_ARCH "unknown" /* every target is then named */
#endif

/* The machine of a target: its first part, with i486, i586 … as one. */
static void add_machine(struct text *text, const char *target)
{
	if (target[0] == 'i' && target[1] && text_has_prefix(target + 2, "86"))
		text_add(text, "i386");
	else
		text_add_bytes(text, target, strcspn(target, "-"));
}

static bool is_native(const char *target)
{
	const char *dash = strrchr(target, '-');
	scoped_text machine = {0};
#if defined(__GLIBC__)
	bool is_here = strstr(target, "-linux") && dash && text_has_prefix(dash, "-gnu");
#else
	bool is_here = strstr(target, "-linux") && dash && text_has_prefix(dash, "-musl");
#endif

	add_machine(&machine, target);
	return is_here && strcmp(machine.bytes, HOST_ARCH) == 0;
}

/* Whether clang 19 compiles for `target`; for any other it would read nothing. */
static bool is_known_target(const char *target)
{
	static const char *const machines[] = {"aarch64", "amd64", "arm", "avr", "bpf",
		"csky", "hexagon", "i386", "i486", "i586", "i686", "lanai", "loongarch",
		"m68k", "mips", "msp430", "powerpc", "ppc", "riscv", "s390x", "sparc",
		"thumb", "wasm", "x86_64", "xcore", "xtensa"};

	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (text_has_prefix(target, machines[i]))
			return strchr(target, '-') != NULL;
	return false;
}

static const char *find_flag(const char *const *words, size_t n, const char *prefix)
{
	const char *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (text_has_prefix(words[i], prefix))
			found = words[i] + strlen(prefix);
	return found;
}

/* The directories that `cc -E -v` lists, resolved, without the compiler's builtins. */
static bool read_dirs(struct arena *arena, char *listing, struct toolchain *out)
{
	static const char begin[] = "#include <...> search starts here:\n";
	char *at = strstr(listing, begin);
	char *end = at ? strstr(at, "End of search list.") : NULL;
	char real[PATH_MAX];
	const char **dirs;
	size_t n = 0;

	if (!end)
		return false;
	*end = '\0';
	at += sizeof(begin) - 1;
	for (const char *c = at; *c; c++)
		n += *c == '\n';
	dirs = arena_alloc(arena, n * sizeof(*dirs));
	n = 0;
	for (char *next; (next = strchr(at, '\n')); at = next + 1) {
		*next = '\0';
		if (at[0] == ' ' && realpath(at + 1, real) && !toolchain_is_builtin(real))
			dirs[n++] = arena_strdup(arena, real);
	}
	out->dirs = dirs;
	out->ndirs = n;
	return true;
}

bool toolchain_is_builtin(const char *dir)
{
	static const char *const homes[] = {
		"/lib/gcc/", "/lib64/gcc/", "/lib32/gcc/", "/libx32/gcc/"};
	scoped_text header = {0};
	struct stat st;

	for (size_t i = 0; i < sizeof(homes) / sizeof(homes[0]); i++) {
		if (!strstr(dir, homes[i]))
			continue;
		text_printf(&header, "%s/stddef.h", dir);
		return text_has_suffix(dir, "/include-fixed") ||
		       stat(header.bytes, &st) == 0;
	}
	return false;
}

/* Run the compiler with the toolchain's flags and `more`; its output goes to `out`. */
static bool run(const struct toolchain_policy *policy, const struct toolchain *toolchain,
	const char *const *more, struct text *out, struct error *err)
{
	const char **argv = xmalloc((toolchain->nflags + 8) * sizeof(*argv));
	struct child child = {argv, strcmp(more[0], "-E") == 0, policy->timeout_ms};
	size_t n = 0;
	bool ok;

	argv[n++] = toolchain->path;
	for (size_t i = 0; i < toolchain->nflags; i++)
		argv[n++] = toolchain->flags[i];
	for (size_t i = 0; i < 6 && more[i]; i++)
		argv[n++] = more[i];
	argv[n] = NULL;
	ok = child_output(&child, out, err);
	free(argv);
	return ok;
}

bool toolchain_ask(struct arena *arena, const struct toolchain_policy *policy,
	struct toolchain *toolchain, struct error *err)
{
	static const char *const machine[] = {"-dumpmachine", NULL};
	static const char *const headers[] = {
		"-E", "-Wp,-v", "-x", "c", "/dev/null", NULL};
	scoped_text target = {0}, listing = {0};
	struct toolchain answer = *toolchain;
	size_t len;

	if (!run(policy, toolchain, machine, &target, err) ||
		!run(policy, toolchain, headers, &listing, err))
		return false;
	len = strspn(text_string(&target),
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");
	if (!len || target.bytes[0] == '-' || strcmp(target.bytes + len, "\n") != 0)
		return error_set(err, (struct location){0},
			"'%s' does not name its machine when asked with -dumpmachine",
			toolchain->path);
	if (!listing.len || !read_dirs(arena, listing.bytes, &answer))
		return error_set(err, (struct location){0},
			"'%s' does not list its include directories when asked with -E -v",
			toolchain->path);
	answer.target = arena_copy(arena, target.bytes, len);
	answer.is_answered = true;
	*toolchain = answer;
	return true;
}

/* Add the directory to `out`, a line each, when it exists. */
static void add_existing(struct text *out, const char *sysroot, const char *dir)
{
	scoped_text path = {0};
	char real[PATH_MAX];

	text_printf(&path, "%s%s", sysroot, dir);
	if (realpath(path.bytes, real))
		text_printf(out, "%s\n", real);
}

/* Whether libclang would search the toolchain's directories by itself. */
static bool is_searched_anyway(const struct toolchain *toolchain)
{
	const char *sysroot =
		find_flag(toolchain->flags, toolchain->nflags, "--sysroot=");
	scoped_text expected = {0}, given = {0}, machine = {0};
	const char *where = sysroot ? sysroot : "";

	if (find_flag(toolchain->flags, toolchain->nflags, "-isysroot"))
		return false;
	if (find_flag(toolchain->flags, toolchain->nflags, "-m32"))
		text_add(&machine, "/usr/include/i386-linux-gnu");
	else if (find_flag(toolchain->flags, toolchain->nflags, "-mx32"))
		text_add(&machine, "/usr/include/x86_64-linux-gnux32");
	else
		text_printf(&machine, "/usr/include/%s", toolchain->target);
	add_existing(&expected, where, "/usr/local/include");
	add_existing(&expected, where, machine.bytes);
	add_existing(&expected, where, "/usr/include");
	for (size_t i = 0; i < toolchain->ndirs; i++)
		text_printf(&given, "%s\n", toolchain->dirs[i]);
	return strcmp(text_string(&expected), text_string(&given)) == 0;
}

void toolchain_apply(struct arena *arena, const struct toolchain *toolchain,
	struct scan_unit *unit)
{
	bool is_foreign = toolchain->target && !is_native(toolchain->target);
	bool wants_dirs = toolchain->is_answered && toolchain->path &&
			  (is_foreign || !is_searched_anyway(toolchain)) &&
			  !find_flag(unit->arguments, unit->narguments, "-nostdinc");
	const char **arguments;
	size_t n = unit->narguments;

	if (!is_foreign && !wants_dirs)
		return;
	arguments =
		arena_alloc(arena, (n + 3 + 4 * toolchain->ndirs) * sizeof(*arguments));
	memcpy(arguments, unit->arguments, n * sizeof(*arguments));
	if (is_foreign && is_known_target(toolchain->target) &&
		!find_flag(unit->arguments, n, "--target="))
		arguments[n++] = arena_printf(arena, "--target=%s", toolchain->target);
	if (wants_dirs)
		arguments[n++] = "-nostdlibinc";
	for (size_t i = 0; wants_dirs && i < toolchain->ndirs; i++) {
		/* After libclang's own stddef.h, before -idirafter. */
		arguments[n++] = "-Xclang";
		arguments[n++] = "-internal-isystem";
		arguments[n++] = "-Xclang";
		arguments[n++] = toolchain->dirs[i];
	}
	unit->arguments = arguments;
	unit->narguments = n;
}
