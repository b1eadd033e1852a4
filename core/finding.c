#include "core/finding.h"

#include "core/finding_texts.h"

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
			finding_text_unit_failed,
		},
	[FINDING_UNIT_PARTIAL] =
		{
			"PCA002",
			"unit-partial",
			FINDING_ERROR,
			"a translation unit has errors inside; what could be read is used",
			"look at the first diagnostic only: a missing header causes most of the others",
			finding_text_unit_partial,
		},
	[FINDING_UNIT_CRASHED] =
		{
			"PCA003",
			"unit-crashed",
			FINDING_ERROR,
			"the parser crashed on a translation unit; the unit is not in the graph",
			"run clang -fsyntax-only with the unit's command; if it crashes too, report it "
			"to LLVM",
			finding_text_unit_crashed,
		},
	[FINDING_UNIT_TIMEOUT] =
		{
			"PCA004",
			"unit-timeout",
			FINDING_ERROR,
			"a translation unit took longer than --timeout and was given up",
			"scan again with a longer --timeout, or with a smaller -j on a busy machine",
			finding_text_unit_timeout,
		},
	[FINDING_UNIT_OUT_OF_MEMORY] =
		{
			"PCA005",
			"unit-out-of-memory",
			FINDING_ERROR,
			"a translation unit needed more than --max-memory and was given up",
			"scan again with a larger --max-memory and, if the machine is short of it, a "
			"smaller -j",
			finding_text_unit_out_of_memory,
		},
	[FINDING_SOURCE_MISSING] =
		{
			"PCA006",
			"source-missing",
			FINDING_ERROR,
			"the database names a source file that does not exist",
			"build the project if the build generates the file; otherwise make the database "
			"again",
			finding_text_source_missing,
		},
	[FINDING_SOURCE_CHANGED] =
		{
			"PCA007",
			"source-changed",
			FINDING_WARNING,
			"a source or header changed while it was read",
			"scan again when nothing writes to the tree",
			finding_text_source_changed,
		},
	[FINDING_UNKNOWN_CALL] =
		{
			"PCA008",
			"unknown-call",
			FINDING_WARNING,
			"a call through a function pointer has targets that are not known",
			"see 'pcarch show sites --open' for the reasons, and 'pcarch show site FILE:LINE' "
			"for what can be done; 'pcarch trace' shows what really runs",
			finding_text_unknown_call,
		},
	[FINDING_AMBIGUOUS_FUNCTION] =
		{
			"PCA009",
			"ambiguous-function",
			FINDING_WARNING,
			"several definitions of one external function; a call may mean any of them",
			"name the program with --binary: it says which definition is linked",
			finding_text_ambiguous_function,
		},
	[FINDING_IMPLICIT_DECLARATION] =
		{
			"PCA010",
			"implicit-declaration",
			FINDING_WARNING,
			"a function is called that was not declared before",
			"include the header that declares the function",
			finding_text_implicit_declaration,
		},
	[FINDING_NESTED_FUNCTION] =
		{
			"PCA011",
			"nested-function",
			FINDING_WARNING,
			"a nested function (GNU C), which clang cannot read; its calls are missing",
			"move the nested function out to file scope, or accept the hole",
			finding_text_nested_function,
		},
	[FINDING_FLAG_DROPPED] =
		{
			"PCA012",
			"flag-dropped",
			FINDING_NOTE,
			"a compiler option that clang does not know was left out",
			"nothing, unless the option changes what is compiled; -v lists them",
			finding_text_flag_dropped,
		},
	[FINDING_DATABASE_STALE] =
		{
			"PCA013",
			"database-stale",
			FINDING_WARNING,
			"the compile database is older than the build files or sources it speaks of",
			"make the database again: run cmake, or 'make clean' and bear -- make",
			finding_text_database_stale,
		},
	[FINDING_DATABASE_DUPLICATE] =
		{
			"PCA014",
			"database-duplicate",
			FINDING_NOTE,
			"the compile database says the same thing twice; the unit is read once",
			"nothing; make the database from scratch to be rid of it",
			finding_text_database_duplicate,
		},
	[FINDING_ORPHAN_FUNCTION] =
		{
			"PCA015",
			"orphan-function",
			FINDING_NOTE,
			"a public function that no entry point reaches",
			"check 'pcarch show callers NAME' and the open call sites before removing it",
			finding_text_orphan_function,
		},
	[FINDING_BINARY_STALE] =
		{
			"PCA016",
			"binary-stale",
			FINDING_WARNING,
			"a program given with --binary is older than sources it is made of",
			"build the program again, then scan",
			finding_text_binary_stale,
		},
	[FINDING_UNIT_NOT_SCANNED] =
		{
			"PCA017",
			"unit-not-scanned",
			FINDING_WARNING,
			"a program given with --binary has C units that the database does not",
			"make the database again from a clean build of the whole program",
			finding_text_unit_not_scanned,
		},
	[FINDING_ANALYSIS_BUG] =
		{
			"PCA018",
			"analysis-bug",
			FINDING_ERROR,
			"a call ran that its closed call site rules out",
			"report it with the call site's lines and 'pcarch show site FILE:LINE'; "
			"--learn FILE writes a rule that adds the call meanwhile",
			finding_text_analysis_bug,
		},
	[FINDING_PREDICTED_HOLE] =
		{
			"PCA019",
			"predicted-hole",
			FINDING_WARNING,
			"an open call site called a function that is not among its targets",
			"see 'pcarch show site FILE:LINE' for why the site is open; --learn FILE "
			"writes a rule that adds the call to the next scan",
			finding_text_predicted_hole,
		},
	[FINDING_INTERPOSED_CALL] =
		{
			"PCA020",
			"interposed-call",
			FINDING_WARNING,
			"a call went to another object's definition than the scan's",
			"check LD_PRELOAD and the order in which libraries are linked; if it is "
			"meant, suppress it with the reason",
			finding_text_interposed_call,
		},
	[FINDING_LIBRARY_CALLBACK] =
		{
			"PCA021",
			"library-callback",
			FINDING_NOTE,
			"a library called a function of the program that no rule foresees",
			"describe the library's function in .pcarch.json, as 'man pcarch-rules' says",
			finding_text_library_callback,
		},
	[FINDING_FOREIGN_CODE] =
		{
			"PCA022",
			"foreign-code",
			FINDING_NOTE,
			"code that is in no scanned unit took part in a call",
			"scan the sources of that object too, or take it as the outside that it is",
			finding_text_foreign_code,
		},
	[FINDING_GENERATED_CODE] =
		{
			"PCA023",
			"generated-code",
			FINDING_NOTE,
			"code ran that no source file has: a compiler's, or made at run time",
			"nothing; where a just-in-time compiler is at work, its calls cannot be known "
			"from the source",
			finding_text_generated_code,
		},
	[FINDING_STALE_SOURCE] =
		{
			"PCA024",
			"stale-source",
			FINDING_WARNING,
			"the source has changed between the scan and the recording",
			"scan again, build again, trace again: all three from the same sources",
			finding_text_stale_source,
		},
	[FINDING_RUNTIME_ONLY_FUNCTION] =
		{
			"PCA025",
			"runtime-only-function",
			FINDING_WARNING,
			"a function ran that the scan has not",
			"look for its source: a unit that the compile database lacks, or code that a "
			"macro or a generator makes",
			finding_text_runtime_only_function,
		},
	[FINDING_DEAD_FUNCTION] =
		{
			"PCA026",
			"dead-function",
			FINDING_NOTE,
			"a function that can be reached did not run in a complete recording",
			"trace the runs that should use it, merge them, and look again before "
			"removing it",
			finding_text_dead_function,
		},
	[FINDING_ORPHAN_RAN] =
		{
			"PCA027",
			"orphan-ran",
			FINDING_WARNING,
			"a function that the scan holds for unreachable ran",
			"find out who called it: the runtime-only call to it says from where",
			finding_text_orphan_ran,
		},
	[FINDING_RUNTIME_ENTRY_POINT] =
		{
			"PCA028",
			"runtime-entry-point",
			FINDING_WARNING,
			"control entered at a function that the scan has as no entry point",
			"add a registration rule to .pcarch.json for what registers it, as 'man "
			"pcarch-rules' says",
			finding_text_runtime_entry_point,
		},
	[FINDING_LOW_COVERAGE] =
		{
			"PCA029",
			"low-coverage",
			FINDING_ERROR,
			"less of the program ran than --min-coverage asks for",
			"trace more runs and merge them, or lower the limit",
			finding_text_low_coverage,
		},
	[FINDING_NEW_DEPENDENCY] =
		{
			"PCA030",
			"new-dependency",
			FINDING_WARNING,
			"a module depends on another one on which it did not before",
			"if it is meant, write the baseline again; if not, the call site named here "
			"is what makes it",
			finding_text_new_dependency,
		},
	[FINDING_DEPENDENCY_GONE] =
		{
			"PCA031",
			"dependency-gone",
			FINDING_NOTE,
			"a module no longer depends on another one",
			"nothing; a build file that still links the two may be simplified",
			finding_text_dependency_gone,
		},
	[FINDING_ROUTE_CAME] =
		{
			"PCA032",
			"route-came",
			FINDING_NOTE,
			"a command, or a word of one, is new",
			"nothing; see that it is documented and tested",
			finding_text_route_came,
		},
	[FINDING_ROUTE_GONE] =
		{
			"PCA033",
			"route-gone",
			FINDING_WARNING,
			"a command that was there is gone",
			"if it is meant, tell the users; if not, look at the row or the comparison "
			"that went",
			finding_text_route_gone,
		},
	[FINDING_ROUTE_MOVED] =
		{
			"PCA034",
			"route-moved",
			FINDING_NOTE,
			"a command runs another function than before",
			"see that both do the same, or that the change is meant",
			finding_text_route_moved,
		},
	[FINDING_ENTRY_POINT_CAME] =
		{
			"PCA035",
			"entry-point-came",
			FINDING_NOTE,
			"control can enter at a function where it could not before",
			"nothing; where requests come from outside, see that they are checked",
			finding_text_entry_point_came,
		},
	[FINDING_ENTRY_POINT_GONE] =
		{
			"PCA036",
			"entry-point-gone",
			FINDING_WARNING,
			"an entry point that was there is gone",
			"if it is meant, nothing; if not, look for the registration that went",
			finding_text_entry_point_gone,
		},
	[FINDING_ENTRY_POINT_MOVED] =
		{
			"PCA037",
			"entry-point-moved",
			FINDING_NOTE,
			"an entry point's function lives in another module now",
			"nothing",
			finding_text_entry_point_moved,
		},
	[FINDING_CERTIFICATE_OPENED] =
		{
			"PCA038",
			"certificate-opened",
			FINDING_WARNING,
			"a call site was closed, or not there, and is open now",
			"see 'pcarch show site FILE:LINE' for the reasons and what can be done about "
			"each",
			finding_text_certificate_opened,
		},
	[FINDING_INCOMPLETE_RECORDING] =
		{
			"PCA039",
			"incomplete-recording",
			FINDING_WARNING,
			"a recording lacks part of what ran",
			"trace again with larger limits (see 'pcarch trace --help'), or in a mode "
			"that records every call",
			finding_text_incomplete_recording,
		},
	[FINDING_SUPPRESSION_WITHOUT_REASON] =
		{
			"PCA040",
			"suppression-without-reason",
			FINDING_WARNING,
			"a suppression says not why, and so does nothing",
			"write the reason behind the id: pcarch: ignore PCA019 plug-ins are loaded by "
			"name",
			finding_text_suppression_without_reason,
		},
	[FINDING_STALE_SUPPRESSION] =
		{
			"PCA041",
			"stale-suppression",
			FINDING_NOTE,
			"a suppression has nothing to suppress",
			"remove it",
			finding_text_stale_suppression,
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
