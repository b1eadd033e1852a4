#include "analyzer/clang/parse.h"

#include "analyzer/workers/extractor.h"
#include "core/arena.h"
#include "core/error.h"

#include <stdlib.h>
#include <string.h>

/*
 * What every parse adds. Implicit declarations and mixed pointers are errors from clang
 * 16 on, but warnings in GCC 12 that real programs build with. Spell checking would
 * invent calls. The bracket depth is what a stack of DEEP_STACK_BYTES can hold.
 */
static const char *const own_arguments[] = {
	"-w",
	"-Wno-error=implicit-function-declaration",
	"-Wno-error=implicit-int",
	"-Wno-error=int-conversion",
	"-Wno-error=incompatible-function-pointer-types",
	"-Wno-error=incompatible-pointer-types",
	"-Wno-error=return-type",
	"-ferror-limit=0",
	"-fno-spell-checking",
	"-fbracket-depth=65536",
};

struct argument_list {
	const char **items;
	size_t count, room;
};

static void add(struct argument_list *list, const char *argument)
{
	list->items = grow(list->items, list->count, &list->room, sizeof(char *));
	list->items[list->count++] = argument;
}

/* How much of the command line is tried; libclang does not say which flag it choked on.
 */
enum effort {
	WITH_ALL_FLAGS,
	WITHOUT_MACHINE_FLAGS, /* a -march or -mtune that clang does not know */
	WITH_ESSENTIAL_FLAGS, /* what decides which text is read, and no more */
	NEFFORTS,
};

static bool has_prefix_of(const char *argument, const char *const *prefixes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(argument, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

static bool is_tried(const char *argument, enum effort effort)
{
	static const char *const widths[] = {"-m32", "-m64", "-mx32"};
	static const char *const essential[] = {"-I", "-D", "-U", "-std=", "-i", "-ansi",
		"-x", "-Xclang", "-nostd", "--sysroot", "--target", "-fms-ext",
		"-funsigned-char", "-fsigned-char", "-fplan9", "-fshort"};

	if (effort == WITH_ALL_FLAGS || argument[0] != '-')
		return true; /* a word by itself is the value of the option before it */
	if (argument[1] == 'm')
		return has_prefix_of(argument, widths, sizeof(widths) / sizeof(*widths));
	return effort == WITHOUT_MACHINE_FLAGS ||
	       has_prefix_of(argument, essential, sizeof(essential) / sizeof(*essential));
}

static struct argument_list arguments_of(const struct extract_input *input,
	enum effort effort)
{
	struct argument_list list = {0};

	add(&list, "clang");
	for (size_t i = 0; i < input->narguments; i++)
		if (is_tried(input->arguments[i], effort))
			add(&list, input->arguments[i]);
	for (size_t i = 0; i < sizeof(own_arguments) / sizeof(own_arguments[0]); i++)
		add(&list, own_arguments[i]);
	if (input->is_prefix) {
		add(&list, "-x");
		add(&list, "c-header");
	} else if (input->pch) {
		add(&list, "-include-pch");
		add(&list, input->pch);
	}
	return list;
}

static enum CXErrorCode parse_once(const struct extract_input *input, enum effort effort,
	struct parsed *parsed)
{
	struct argument_list list = arguments_of(input, effort);
	unsigned options = CXTranslationUnit_KeepGoing;
	enum CXErrorCode code;

	if (input->is_prefix)
		options |=
			CXTranslationUnit_ForSerialization | CXTranslationUnit_Incomplete;
	code = clang_parseTranslationUnit2FullArgv(parsed->index, input->file, list.items,
		(int)list.count, NULL, 0, options, &parsed->tu);
	free(list.items);
	return code;
}

bool parse_unit(const struct extract_input *input, struct parsed *out, struct error *err)
{
	/* Without the declarations of a precompiled prefix: those are the prefix's own
	 * facts. */
	struct parsed parsed = {
		.index = clang_createIndex(input->pch && !input->is_prefix, 0)};
	enum CXErrorCode code = parse_once(input, WITH_ALL_FLAGS, &parsed);

	/* With a prefix, nothing is tried: the unit is read without it then. */
	for (int effort = WITH_ALL_FLAGS + 1;
		effort < NEFFORTS && code != CXError_Success && !input->pch; effort++) {
		parsed.lost_flags = true;
		code = parse_once(input, effort, &parsed);
	}
	if (code == CXError_Success && parsed.tu) {
		*out = parsed;
		return true;
	}
	parse_release(&parsed);
	return error_set(err, (struct location){0},
		"libclang cannot parse it with these flags (CXErrorCode %d)", code);
}

void parse_release(struct parsed *parsed)
{
	if (parsed->tu)
		clang_disposeTranslationUnit(parsed->tu);
	if (parsed->index)
		clang_disposeIndex(parsed->index);
	*parsed = (struct parsed){0};
}
