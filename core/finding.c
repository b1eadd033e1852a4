#include "core/finding.h"

#include <string.h>
#include <strings.h>

const struct finding_kind finding_kinds[FINDING_COUNT] = {
	[FINDING_UNIT_FAILED] =
		{
			"PCA001",
			"unit-failed",
			FINDING_ERROR,
			"a translation unit could not be parsed; nothing of it is in the graph",
			"compile the unit with the command from compile_commands.json; if that fails too, "
			"build the project first",
			"The parser gave up on this unit before it had read a single declaration. Its "
			"functions and calls are missing from the graph: 'orphan' and 'no callers' cannot "
			"be trusted for anything that it may call. The scan ends with exit status 3.\n"
			"\n"
			"The usual causes, the likeliest first: a header that the build generates is not "
			"there yet (build once, then scan); the database is from another machine or "
			"directory (make it again); a compiler option that clang does not know and "
			"that changes what is compiled. The first diagnostic in the message says "
			"which.\n"
			"\n"
			"To see all of what the compiler says, run the unit's command from the database "
			"in the unit's directory with -fsyntax-only added, first with your own compiler, "
			"then with clang. Where only clang fails, the code uses an extension of your "
			"compiler. 'pcarch doctor' checks the rest: libclang, its headers, the "
			"database.",
		},
	[FINDING_UNIT_PARTIAL] =
		{
			"PCA002",
			"unit-partial",
			FINDING_ERROR,
			"a translation unit has errors inside; what could be read is used",
			"look at the first diagnostic only: a missing header causes most of the others",
			"The parser met errors and went on. Functions without an error inside are "
			"complete. A bad expression loses the statement it stands in; an unclosed "
			"parenthesis or brace can lose the rest of the file. Functions that had an error "
			"are marked partial: calls may be missing from them.\n"
			"\n"
			"Fix the first diagnostic, scan again (only this unit is parsed again), and see "
			"what is left. \"file not found\" means that a generated header is missing: build "
			"the project, then scan. \"unknown type name\" right after it is its echo.",
		},
	[FINDING_UNIT_CRASHED] =
		{
			"PCA003",
			"unit-crashed",
			FINDING_ERROR,
			"the parser crashed on a translation unit; the unit is not in the graph",
			"run clang -fsyntax-only with the unit's command; if it crashes too, report it "
			"to LLVM",
			"The worker process that parsed this unit died. No other unit is lost: "
			"workers are replaced, and the scan went on. This unit's functions and calls "
			"are missing, as with PCA001.\n"
			"\n"
			"Run the unit's command with clang of the same version ('pcarch doctor' names "
			"it) and -fsyntax-only. If clang crashes as well, it prints how to report the "
			"crash; a newer libclang often has the cure. If only pcarch crashes, it is our "
			"bug: please report it with the unit preprocessed (clang -E). A worker that was "
			"killed with signal 9 was most likely out of memory: scan with a smaller -j.",
		},
	[FINDING_UNIT_TIMEOUT] =
		{
			"PCA004",
			"unit-timeout",
			FINDING_ERROR,
			"a translation unit took longer than --timeout and was given up",
			"scan again with a longer --timeout, or with a smaller -j on a busy machine",
			"The worker was ended because one unit took longer than the limit. Its functions "
			"and calls are missing, as with PCA001.\n"
			"\n"
			"Large generated files (parsers, tables, amalgamations) need some seconds: raise "
			"--timeout. A header on a network file system that does not answer looks the "
			"same: try to read the unit's headers. If clang -fsyntax-only with the same "
			"command is quick, it is our bug: please report it.",
		},
	[FINDING_UNIT_OUT_OF_MEMORY] =
		{
			"PCA005",
			"unit-out-of-memory",
			FINDING_ERROR,
			"a translation unit needed more than --max-memory and was given up",
			"scan again with a larger --max-memory and, if the machine is short of it, a "
			"smaller -j",
			"The worker was ended because it grew past the limit while it parsed this "
			"unit. Its functions and calls are missing, as with PCA001. The limit is for one "
			"worker: the scan as a whole may take -j times as much.\n"
			"\n"
			"Most units take 50 to 300 MB. One that takes more is usually a generated "
			"table of many megabytes; it rarely calls anything, and can be left out "
			"knowingly with --allow-partial.",
		},
	[FINDING_SOURCE_MISSING] =
		{
			"PCA006",
			"source-missing",
			FINDING_ERROR,
			"the database names a source file that does not exist",
			"build the project if the build generates the file; otherwise make the database "
			"again",
			"compile_commands.json lists a command for a file that is not there. Either "
			"the build generates it and has not run yet, or the file was renamed or removed "
			"after the database was written, or the database comes from another machine or "
			"container, where the tree stands elsewhere.\n"
			"\n"
			"CMake writes the database when it configures: run cmake again. With bear, "
			"'make clean' first: bear only sees the commands that make really runs.",
		},
	[FINDING_SOURCE_CHANGED] =
		{
			"PCA007",
			"source-changed",
			FINDING_WARNING,
			"a source or header changed while it was read",
			"scan again when nothing writes to the tree",
			"The file was not the same before and after the unit was parsed. The unit "
			"is in the graph as it was read, perhaps half old and half new, but not in the "
			"cache: the next scan reads it again.\n"
			"\n"
			"An editor, a build or a checkout was at work during the scan. In CI, make the "
			"scan wait for the build.",
		},
	[FINDING_UNKNOWN_CALL] =
		{
			"PCA008",
			"unknown-call",
			FINDING_WARNING,
			"a call through a function pointer has targets that are not known",
			"see 'pcarch show sites --open' for the reasons, and 'pcarch show site FILE:LINE' "
			"for what can be done; 'pcarch trace' shows what really runs",
			"At this place the program calls whatever a pointer holds: a field of a "
			"struct, a parameter, an element of a table. The call site is open: the functions "
			"that are known to come there are listed, and there may be others. What only "
			"those reach can look like an orphan.\n"
			"\n"
			"That is no fault of the code. Each open site has a reason in static.json "
			"(call_sites[].reasons) and names the expression. Where the pointer comes from a "
			"library or a plug-in that is loaded at run time, no reading of the source can "
			"close it.",
		},
	[FINDING_AMBIGUOUS_FUNCTION] =
		{
			"PCA009",
			"ambiguous-function",
			FINDING_WARNING,
			"several definitions of one external function; a call may mean any of them",
			"name the program with --binary: it says which definition is linked",
			"Two units define a function of the same external name. In one program, "
			"the linker would refuse that, or one of them is weak. Most often the database "
			"covers several programs (main() in each), or one source is compiled twice "
			"with other flags. A call from a unit that does not define the function itself is "
			"listed with every definition, and a lower confidence.\n"
			"\n"
			"What was linked is in the program: 'pcarch scan --binary PROGRAM'. Without it, "
			"or where the programs are not built, 'pcarch show callers NAME' lists the "
			"candidates with their files.",
		},
	[FINDING_IMPLICIT_DECLARATION] =
		{
			"PCA010",
			"implicit-declaration",
			FINDING_WARNING,
			"a function is called that was not declared before",
			"include the header that declares the function",
			"The compiler has to guess that the function returns int and takes whatever it "
			"is given. C99 forbids it; clang 16 and gcc 14 make it an error. The call is in "
			"the graph, and is matched by name.\n"
			"\n"
			"If the function does not return int (a pointer, on a 64-bit machine, is cut "
			"in half), this is a real bug. Include the right header, or define the "
			"feature macro (_GNU_SOURCE) that makes the header declare it.",
		},
	[FINDING_NESTED_FUNCTION] =
		{
			"PCA011",
			"nested-function",
			FINDING_WARNING,
			"a nested function (GNU C), which clang cannot read; its calls are missing",
			"move the nested function out to file scope, or accept the hole",
			"gcc lets a function be defined inside another one; clang does not. The outer "
			"function is marked partial: calls made inside the nested one, and calls to it, "
			"are missing. The rest of the file is complete.\n"
			"\n"
			"Where the nested function uses variables of the outer one, pass them as "
			"arguments. If the code must stay as it is, record its real calls by running it "
			"with tracing.",
		},
	[FINDING_FLAG_DROPPED] =
		{
			"PCA012",
			"flag-dropped",
			FINDING_NOTE,
			"a compiler option that clang does not know was left out",
			"nothing, unless the option changes what is compiled; -v lists them",
			"The database is for another compiler, usually gcc. Options for code generation, "
			"warnings and output mean nothing to a scan and are dropped silently; this "
			"one was dropped because clang refused it.\n"
			"\n"
			"Look twice at options that define macros, choose a language standard, or select "
			"a processor whose macros the source tests (#ifdef __AVX512F__): then the "
			"scan may have read another branch than the build compiles.",
		},
	[FINDING_DATABASE_STALE] =
		{
			"PCA013",
			"database-stale",
			FINDING_WARNING,
			"the compile database is older than the build files or sources it speaks of",
			"make the database again: run cmake, or 'make clean' and bear -- make",
			"Sources or build files are newer than compile_commands.json. Files that "
			"were added since are not scanned, and flags may have changed: a function that "
			"only a new file calls looks like an orphan.\n"
			"\n"
			"An edited source alone is harmless: its command is still right. Added or renamed "
			"sources and edited build files are not. 'pcarch doctor' says which of them "
			"is newer.",
		},
	[FINDING_DATABASE_DUPLICATE] =
		{
			"PCA014",
			"database-duplicate",
			FINDING_NOTE,
			"the compile database says the same thing twice; the unit is read once",
			"nothing; make the database from scratch to be rid of it",
			"Two entries have the same directory, file and arguments, but for the output. "
			"libtool compiles each file twice (with and without -fPIC), and bear "
			"appends when it runs again. Entries whose arguments really differ are no "
			"duplicates: they are kept as variants of the file.",
		},
	[FINDING_ORPHAN_FUNCTION] =
		{
			"PCA015",
			"orphan-function",
			FINDING_NOTE,
			"a public function that no entry point reaches",
			"check 'pcarch show callers NAME' and the open call sites before removing it",
			"Nothing that starts at an entry point (main, constructors, and what else the "
			"scan found) leads to this function by calls that are known. "
			"The reason tells how: no_callers, nothing calls it, or only what nothing calls "
			"itself ('called from NAME' is one such); only_private_callers, only static "
			"functions, which are never reached either; unreached_cycle, only a ring of "
			"functions that call each other. Where its address is taken, a call through a "
			"function pointer may well reach it.\n"
			"\n"
			"Candidates for removal, with three exceptions to rule out first: the API of a "
			"library, whose callers are elsewhere; functions found by name at run time "
			"(dlsym, a plug-in, assembly); and functions reached only through call "
			"sites that are open (PCA008) or in units that were not read (PCA001). A run with "
			"tracing that never sees it settles the matter.",
		},
	[FINDING_BINARY_STALE] =
		{
			"PCA016",
			"binary-stale",
			FINDING_WARNING,
			"a program given with --binary is older than sources it is made of",
			"build the program again, then scan",
			"The program says which units belong to it, and which of several definitions "
			"each symbol means. A source that changed since may define other functions, and "
			"the build may link other units by now: what the program does not know yet is "
			"left out of the graph.\n"
			"\n"
			"Only main files are compared, by the time they were changed. A checkout or a "
			"copy gives files the time of today: where the program is known to be the one of "
			"these sources, the warning means nothing.",
		},
	[FINDING_UNIT_NOT_SCANNED] =
		{
			"PCA017",
			"unit-not-scanned",
			FINDING_WARNING,
			"a program given with --binary has C units that the database does not",
			"make the database again from a clean build of the whole program",
			"The program's debug information names a C source that no entry of the compile "
			"database compiles. Its functions and calls are missing from the graph: what only "
			"it calls looks like an orphan, and calls of its functions end in external ones.\n"
			"\n"
			"Usually the database is of a build that was not whole ('make clean' before "
			"bear), or a static library with debug information was linked that is built "
			"elsewhere. In the second case nothing is wrong.",
		},
};

const struct finding_kind *finding_find(const char *id_or_name)
{
	for (size_t i = 0; i < FINDING_COUNT; i++)
		if (strcasecmp(finding_kinds[i].id, id_or_name) == 0 ||
			strcmp(finding_kinds[i].name, id_or_name) == 0)
			return &finding_kinds[i];
	return NULL;
}

const char *finding_severity_name(enum finding_severity severity)
{
	switch (severity) {
	case FINDING_ERROR:
		return "error";
	case FINDING_WARNING:
		return "warning";
	case FINDING_NOTE:
		break;
	}
	return "note";
}
