/* The module's one exported name. */
#include "analyzer/clang/deep_stack.h"
#include "analyzer/clang/parse.h"
#include "analyzer/clang/sources.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/unit.h"
#include "analyzer/workers/extractor.h"
#include "core/error.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *version(void)
{
	static char text[64];
	scoped_cxstring full = clang_getClangVersion();
	const char *at = strstr(clang_getCString(full), "version ");

	snprintf(text, sizeof(text), "%s", at ? at + strlen("version ") : "unknown");
	return text;
}

static const char *library(void)
{
	Dl_info info;

	return dladdr((void *)clang_createIndex, &info) && info.dli_fname ? info.dli_fname
									  : "";
}

struct request {
	const struct extract_input *input;
	struct extract_output *out;
	struct error *err;
	bool ok;
};

/* For the life of the worker: it remembers resolved names. */
static struct sources *sources;

static void save_prefix(const struct extract_input *input, CXTranslationUnit tu,
	struct extract_output *out)
{
	if (clang_saveTranslationUnit(tu, input->pch, CXSaveTranslationUnit_None) !=
		CXSaveError_None)
		out->pch_failed = true;
}

static void run(void *argument)
{
	struct request *request = argument;
	scoped_parsed parsed = {0};

	request->ok = parse_unit(request->input, &parsed, request->err);
	if (!request->ok)
		return;
	if (!sources)
		sources = sources_new();
	unit_read(request->input, &parsed, sources, request->out);
	if (request->input->is_prefix && !request->out->pch_failed)
		save_prefix(request->input, parsed.tu, request->out);
}

/*
 * Parse on our stack, not on a thread with libclang's own stack; and let a crash be a
 * crash, which the driver reports. libclang looks once, when its first index is made.
 */
static void set_up(void)
{
	setenv("LIBCLANG_NOTHREADS", "1", 1);
	setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
}

static bool extract(const struct extract_input *input, struct extract_output *out,
	struct error *err)
{
	struct request request = {.input = input, .out = out, .err = err};

	*out = (struct extract_output){0};
	set_up();
	if (!deep_stack_run(run, &request))
		return error_set(err, (struct location){0},
			"cannot reserve %d MiB for the parser's stack: %s",
			DEEP_STACK_BYTES >> 20, strerror(errno));
	return request.ok;
}

static bool probe(struct error *err)
{
	static const char text[] = "#include <stddef.h>\nsize_t probe;\n";
	struct CXUnsavedFile file = {"pcarch-probe.c", text, sizeof(text) - 1};
	CXTranslationUnit tu;
	CXIndex index;
	bool ok;

	set_up();
	index = clang_createIndex(0, 0);
	tu = clang_parseTranslationUnit(index, file.Filename, NULL, 0, &file, 1,
		CXTranslationUnit_None);
	ok = tu && !clang_getNumDiagnostics(tu);
	if (tu)
		clang_disposeTranslationUnit(tu);
	clang_disposeIndex(index);
	return ok ||
	       error_set(err, (struct location){0},
		       "libclang %s does not find its own <stddef.h>; install the package "
		       "libclang-common-%.*s-dev",
		       version(), (int)strcspn(version(), "."), version());
}

__attribute__((visibility("default"))) const struct extractor pcarch_extractor = {
	.version = version,
	.library = library,
	.probe = probe,
	.extract = extract,
};
