#include "analyzer/compile/compiler.h"

#include "core/text.h"

#include <ctype.h>
#include <string.h>

/* Whether `at`, behind a compiler's name, is a version: "", "-12.2", "12", "-win32". */
static bool is_version(const char *at, bool may_touch)
{
	if (!*at || strcmp(at, "-win32") == 0 || strcmp(at, "-posix") == 0)
		return true;
	if (*at == '-')
		at++;
	else if (!may_touch)
		return false;
	return isdigit((unsigned char)*at) && strspn(at, "0123456789.") == strlen(at);
}

/* The compiler's name inside the base name: at its start, or after a dash. */
static const char *find_name(const char *base)
{
	static const char *const names[] = {"gcc", "cc", "clang", "c89", "c99", "c17"};

	for (const char *at = base; at; at = strchr(at, '-')) {
		at += *at == '-';
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (text_has_prefix(at, names[i]) &&
				is_version(at + strlen(names[i]), strlen(names[i]) > 2))
				return at;
	}
	return NULL;
}

bool compiler_is_c(const char *path)
{
	return find_name(basename(path)) != NULL;
}

bool compiler_is_clang(const char *path)
{
	const char *name = find_name(basename(path));

	return name && text_has_prefix(name, "clang");
}

size_t compiler_target(const char *path, const char **target)
{
	const char *base = basename(path), *name = find_name(base);

	*target = base;
	return name && name > base ? (size_t)(name - base) - 1 : 0;
}

static bool is_cxx(const char *path)
{
	const char *base = basename(path), *plus = strstr(base, "++");

	return plus && plus > base;
}

/*
 * Launchers stand before the compiler with words of their own: names, VAR=value, and
 * (libtool, env) long options. An option with one dash is the compiler's: "mycc -I gcc"
 * is no gcc.
 */
size_t compiler_find(const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (words[i][0] == '-' && words[i][1] != '-')
			break;
		if (compiler_is_c(words[i]) || is_cxx(words[i]))
			return i;
	}
	return 0;
}

struct naming {
	const char *key, *language;
};

static const char *look_up(const struct naming *table, const char *key,
	const char *otherwise)
{
	for (; table->key; table++)
		if (strcmp(table->key, key) == 0)
			return table->language;
	return otherwise;
}

static const char *language_of_flag(const char *flag)
{
	static const struct naming table[] = {
		{"c", "C"},
		{"cpp-output", "C"},
		{"c-header", "a header"},
		{"c++", "C++"},
		{"c++-header", "C++"},
		{"assembler", "assembly"},
		{"assembler-with-cpp", "assembly"},
		{"objective-c", "Objective-C"},
		{0},
	};

	return look_up(table, flag, "another language");
}

static const char *language_of_suffix(const char *file)
{
	static const struct naming table[] = {
		{"c", "C"},
		{"i", "C"},
		{"h", "a header"},
		{"cc", "C++"},
		{"cp", "C++"},
		{"cpp", "C++"},
		{"cxx", "C++"},
		{"c++", "C++"},
		{"C", "C++"},
		{"CPP", "C++"},
		{"ii", "C++"},
		{"hh", "C++"},
		{"hpp", "C++"},
		{"s", "assembly"},
		{"S", "assembly"},
		{"sx", "assembly"},
		{"asm", "assembly"},
		{"m", "Objective-C"},
		{"mm", "Objective-C++"},
		{"f", "Fortran"},
		{"F", "Fortran"},
		{"f90", "Fortran"},
		{"F90", "Fortran"},
		{"cu", "CUDA"},
		{"o", "an object"},
		{"lo", "an object"},
		{"a", "a library"},
		{"so", "a library"},
		{0},
	};
	const char *dot = strrchr(basename(file), '.');

	return look_up(table, dot ? dot + 1 : "", "no source the compiler knows");
}

const char *compiler_language(const char *compiler, const char *file,
	const char *language)
{
	const char *found =
		language ? language_of_flag(language) : language_of_suffix(file);

	if (strcmp(found, "C") == 0 && !language && is_cxx(compiler))
		return "C++"; /* g++ a.c compiles C++ */
	return found;
}
