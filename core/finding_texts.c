#include "core/finding_texts.h"

const char finding_text_unit_failed[] =
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
	"database.";

const char finding_text_unit_partial[] =
	"The parser met errors and went on. Functions without an error inside are "
	"complete. A bad expression loses the statement it stands in; an unclosed "
	"parenthesis or brace can lose the rest of the file. Functions that had an error "
	"are marked partial: calls may be missing from them.\n"
	"\n"
	"Fix the first diagnostic, scan again (only this unit is parsed again), and see "
	"what is left. \"file not found\" means that a generated header is missing: build "
	"the project, then scan. \"unknown type name\" right after it is its echo.";

const char finding_text_unit_crashed[] =
	"The worker process that parsed this unit died. No other unit is lost: "
	"workers are replaced, and the scan went on. This unit's functions and calls "
	"are missing, as with PCA001.\n"
	"\n"
	"Run the unit's command with clang of the same version ('pcarch doctor' names "
	"it) and -fsyntax-only. If clang crashes as well, it prints how to report the "
	"crash; a newer libclang often has the cure. If only pcarch crashes, it is our "
	"bug: please report it with the unit preprocessed (clang -E). A worker that was "
	"killed with signal 9 was most likely out of memory: scan with a smaller -j.";

const char finding_text_unit_timeout[] =
	"The worker was ended because one unit took longer than the limit. Its functions "
	"and calls are missing, as with PCA001.\n"
	"\n"
	"Large generated files (parsers, tables, amalgamations) need some seconds: raise "
	"--timeout. A header on a network file system that does not answer looks the "
	"same: try to read the unit's headers. If clang -fsyntax-only with the same "
	"command is quick, it is our bug: please report it.";

const char finding_text_unit_out_of_memory[] =
	"The worker was ended because it grew past the limit while it parsed this "
	"unit. Its functions and calls are missing, as with PCA001. The limit is for one "
	"worker: the scan as a whole may take -j times as much.\n"
	"\n"
	"Most units take 50 to 300 MB. One that takes more is usually a generated "
	"table of many megabytes; it rarely calls anything, and can be left out "
	"knowingly with --allow-partial.";

const char finding_text_source_missing[] =
	"compile_commands.json lists a command for a file that is not there. Either "
	"the build generates it and has not run yet, or the file was renamed or removed "
	"after the database was written, or the database comes from another machine or "
	"container, where the tree stands elsewhere.\n"
	"\n"
	"CMake writes the database when it configures: run cmake again. With bear, "
	"'make clean' first: bear only sees the commands that make really runs.";

const char finding_text_source_changed[] =
	"The file was not the same before and after the unit was parsed. The unit "
	"is in the graph as it was read, perhaps half old and half new, but not in the "
	"cache: the next scan reads it again.\n"
	"\n"
	"An editor, a build or a checkout was at work during the scan. In CI, make the "
	"scan wait for the build.";

const char finding_text_unknown_call[] =
	"At this place the program calls whatever a pointer holds: a field of a "
	"struct, a parameter, an element of a table. The call site is open: the functions "
	"that are known to come there are listed, and there may be others. What only "
	"those reach can look like an orphan.\n"
	"\n"
	"That is no fault of the code. Each open site has a reason in static.json "
	"(call_sites[].reasons) and names the expression. Where the pointer comes from a "
	"library or a plug-in that is loaded at run time, no reading of the source can "
	"close it.";

const char finding_text_ambiguous_function[] =
	"Two units define a function of the same external name. In one program, "
	"the linker would refuse that, or one of them is weak. Most often the database "
	"covers several programs (main() in each), or one source is compiled twice "
	"with other flags. A call from a unit that does not define the function itself is "
	"listed with every definition, and a lower confidence.\n"
	"\n"
	"What was linked is in the program: 'pcarch scan --binary PROGRAM'. Without it, "
	"or where the programs are not built, 'pcarch show callers NAME' lists the "
	"candidates with their files.";

const char finding_text_implicit_declaration[] =
	"The compiler has to guess that the function returns int and takes whatever it "
	"is given. C99 forbids it; clang 16 and gcc 14 make it an error. The call is in "
	"the graph, and is matched by name.\n"
	"\n"
	"If the function does not return int (a pointer, on a 64-bit machine, is cut "
	"in half), this is a real bug. Include the right header, or define the "
	"feature macro (_GNU_SOURCE) that makes the header declare it.";

const char finding_text_nested_function[] =
	"gcc lets a function be defined inside another one; clang does not. The outer "
	"function is marked partial: calls made inside the nested one, and calls to it, "
	"are missing. The rest of the file is complete.\n"
	"\n"
	"Where the nested function uses variables of the outer one, pass them as "
	"arguments. If the code must stay as it is, record its real calls by running it "
	"with tracing.";

const char finding_text_flag_dropped[] =
	"The database is for another compiler, usually gcc. Options for code generation, "
	"warnings and output mean nothing to a scan and are dropped silently; this "
	"one was dropped because clang refused it.\n"
	"\n"
	"Look twice at options that define macros, choose a language standard, or select "
	"a processor whose macros the source tests (#ifdef __AVX512F__): then the "
	"scan may have read another branch than the build compiles.";

const char finding_text_database_stale[] =
	"Sources or build files are newer than compile_commands.json. Files that "
	"were added since are not scanned, and flags may have changed: a function that "
	"only a new file calls looks like an orphan.\n"
	"\n"
	"An edited source alone is harmless: its command is still right. Added or renamed "
	"sources and edited build files are not. 'pcarch doctor' says which of them "
	"is newer.";

const char finding_text_database_duplicate[] =
	"Two entries have the same directory, file and arguments, but for the output. "
	"libtool compiles each file twice (with and without -fPIC), and bear "
	"appends when it runs again. Entries whose arguments really differ are no "
	"duplicates: they are kept as variants of the file.";

const char finding_text_orphan_function[] =
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
	"tracing that never sees it settles the matter.";

const char finding_text_binary_stale[] =
	"The program says which units belong to it, and which of several definitions "
	"each symbol means. A source that changed since may define other functions, and "
	"the build may link other units by now: what the program does not know yet is "
	"left out of the graph.\n"
	"\n"
	"Only main files are compared, by the time they were changed. A checkout or a "
	"copy gives files the time of today: where the program is known to be the one of "
	"these sources, the warning means nothing.";

const char finding_text_unit_not_scanned[] =
	"The program's debug information names a C source that no entry of the compile "
	"database compiles. Its functions and calls are missing from the graph: what only "
	"it calls looks like an orphan, and calls of its functions end in external ones.\n"
	"\n"
	"Usually the database is of a build that was not whole ('make clean' before "
	"bear), or a static library with debug information was linked that is built "
	"elsewhere. In the second case nothing is wrong.";

const char finding_text_analysis_bug[] =
	"static.json says of this call site that all its targets are known, and while "
	"the program ran, it called a function that is none of them. A closed site is a "
	"promise: so either the scan is wrong here, or the two files are of different "
	"sources.\n"
	"\n"
	"First rule the second out: scan again after the build that was traced, and "
	"trace again (PCA024 says so where it can be seen). If it stays, it is our bug. "
	"Please report it with the function around the site and the way the callee's "
	"address takes, as far as you know it. The rules that --learn writes make the "
	"next scan right without waiting for us.";

const char finding_text_predicted_hole[] =
	"The scan said that it does not know all targets of this call, and why. The run "
	"shows one that was missing: a dependency that no reading of the source could "
	"show, and that the graph lacks.\n"
	"\n"
	"If the reason can be cured (a library that no rule describes, a unit that was "
	"not scanned), cure it: that closes the site. If it cannot, as with plug-ins, "
	"teach the call: 'pcarch diff --learn rules.json', then 'pcarch scan --rules "
	"rules.json'. Until then whatever only this call reaches looks like an orphan.";

const char finding_text_interposed_call[] =
	"The source calls a function that the program defines or is linked with, but "
	"the dynamic linker bound the name to a definition in another shared object: "
	"LD_PRELOAD, a library earlier in the search order, or a weak definition that a "
	"stronger one replaced.\n"
	"\n"
	"Allocators, sanitizers and test doubles do that on purpose. Where nobody knows "
	"about it, the program that is tested is not the one that the source describes. "
	"'LD_DEBUG=bindings PROGRAM' names the object that each symbol was bound to.";

const char finding_text_library_callback[] =
	"A function of the program was called by code of a library: a comparator, a "
	"handler, a hook. The scan knows what the common libraries call back, by rules; "
	"no rule says so of this one.\n"
	"\n"
	"One rule for the library's function gives the scan all its callers at once, so "
	"write it in .pcarch.json: {\"call\": \"NAME\", \"handler\": 1}. What the run "
	"has shown is a call of one callback only.";

const char finding_text_foreign_code[] =
	"The caller or the callee is in a shared object, a plug-in or an object file of "
	"which no unit was scanned. The message names the object. Nothing is wrong with "
	"the graph of what was scanned; it ends where the compile database ends.\n"
	"\n"
	"If the object is built from this tree, its units are missing from the "
	"database: make the database from a clean build of everything. If it is "
	"somebody else's, nothing is to be done.";

const char finding_text_generated_code[] =
	"Compilers call functions that nobody wrote down: memcpy for an assignment of "
	"structs, checks of the stack, helpers for arithmetic. Programs that write code "
	"at run time call it at addresses that belong to no file.\n"
	"\n"
	"Such calls are no dependencies of the source. They are listed so that the "
	"counts agree, and never fail a check unless it is asked for.";

const char finding_text_stale_source[] =
	"A line of the recording is not where static.json has the function, or the "
	"function has moved. The program that ran was built from other sources than "
	"those that were scanned: what differs may be the change itself, and no finding "
	"about these lines can be trusted.\n"
	"\n"
	"In CI, let one job build with 'pcarch build', scan and trace, so that all see "
	"one checkout.";

const char finding_text_runtime_only_function[] =
	"The debug information of the program that ran names a function in a file of "
	"this tree, and static.json has no such function. Most often its unit is "
	"missing from the compile database, was left out by --binary, or could not be "
	"parsed (PCA001); sometimes a macro or a generator makes the function, and the "
	"file was another one at the time of the scan.\n"
	"\n"
	"'pcarch show units' lists what was scanned and 'pcarch doctor' what the "
	"database lacks. Without the function all that it calls seems to have no caller "
	"there.";

const char finding_text_dead_function[] =
	"Calls lead from an entry point to the function, the recording lost nothing, "
	"and it was not called. So it is dead in the runs that were recorded, and in no "
	"others: the statement is as good as the tests are.\n"
	"\n"
	"Record what exercises the program well, a test suite or a day in production "
	"('pcarch merge' joins recordings), and treat what is left as candidates for "
	"removal or for a test. Functions for errors that never happened belong to the "
	"list; so do features that nobody uses. Nothing is said where a recording is "
	"incomplete.";

const char finding_text_orphan_ran[] =
	"The scan found no way from an entry point to the function (PCA015), and it "
	"ran. The graph lacks a call or an entry point: usually an open call site above "
	"it (PCA019), a callback of a library (PCA021) or an entry point that only the "
	"run shows (PCA028).\n"
	"\n"
	"It is not dead: do not remove it. --learn teaches the scan the call that is "
	"missing.";

const char finding_text_runtime_entry_point[] =
	"A thread, a signal handler, a constructor, an exit handler or a library began "
	"at this function, and static.json lists no entry point there. All that it "
	"alone reaches looks like orphans, and no trace begins at it.\n"
	"\n"
	"Where a function of a library takes the handler, a rule makes it an entry "
	"point: {\"kind\": \"thread\", \"call\": \"pool_submit\", \"handler\": 1} under "
	"\"registrations\". docs/entry_points.md lists the kinds.";

const char finding_text_low_coverage[] =
	"Of the functions of the module, or of the whole program, a smaller part ran "
	"than the check demands. The share is of functions, counted over all recordings "
	"that were given; external functions do not count.\n"
	"\n"
	"The table of modules (--format text) shows where the rest is; --all lists each "
	"of them. The dead functions of the JSON output are the list of what to test.";

const char finding_text_new_dependency[] =
	"Between two scans or two recordings: calls lead from the one module to the "
	"other now, and none did before. Between a scan and a recording: calls lead "
	"there at run time only, and the source shows none.\n"
	"\n"
	"A layer that is skipped, a library that crept in, a cycle between modules "
	"begin like this. The message names the first call; all of them are in the JSON "
	"output. An external library counts when no module used it before.";

const char finding_text_dependency_gone[] =
	"Calls led from the one module to the other before, and none do now. Between "
	"two recordings it means that no such call was seen: the runs may have done "
	"less.\n"
	"\n"
	"If it was not meant, look at the calls that went, with --all: where a call "
	"through a pointer lost its targets, the scan may know less than before "
	"(PCA038).";

const char finding_text_route_came[] =
	"The program accepts a sequence of words that it did not accept before, and the "
	"message names the function that it runs. That is a change of what users see, "
	"made on purpose or not: an option of a table that was meant for a debug build "
	"looks the same.\n"
	"\n"
	"'pcarch show routes' lists all commands of the new scan, and 'pcarch show "
	"routes WORD...' what is known of one.";

const char finding_text_route_gone[] =
	"The program accepted a sequence of words before, and does not any more. "
	"Scripts that use it break.\n"
	"\n"
	"A command may also be gone from the graph alone: a table that is built in a "
	"new way, a unit that could not be parsed (PCA001). 'pcarch show routes' shows "
	"the commands beside it; a rule in .pcarch.json describes a table that is not "
	"recognised.";

const char finding_text_route_moved[] =
	"The words are the same, the function behind them is not, or it lives in "
	"another module. A renamed handler is harmless; two rows of a table that were "
	"swapped are not.\n"
	"\n"
	"'pcarch show routes WORD...' says where the row is and which function it runs "
	"now.";

const char finding_text_entry_point_came[] =
	"A handler of requests, messages, signals or timers, a thread, a constructor or "
	"a program's main is new. What it reaches can now run in one more way; each "
	"HTTP path and each queue is one more door.\n"
	"\n"
	"'pcarch show entry' lists all entry points with what registers them and how "
	"much each one reaches.";

const char finding_text_entry_point_gone[] =
	"Control entered at this function before, and nothing registers it now. What "
	"only it reached has become an orphan (PCA015).\n"
	"\n"
	"Where the function is still registered, but by a new function of a library or "
	"by a macro, the scan may not see it: a rule in .pcarch.json makes it an entry "
	"point again, as 'man pcarch-rules' says.";

const char finding_text_entry_point_moved[] =
	"The entry point is the same, by its type and by what it is called (a path, a "
	"queue, a signal), and the function behind it is another one, or stands in "
	"another module.\n"
	"\n"
	"Between two scans of one refactoring that is what one wants to see: nothing "
	"came, nothing went.";

const char finding_text_certificate_opened[] =
	"All targets of the call were known before; now there may be others, and the "
	"reasons say why: a pointer that goes through memory the scan cannot follow, a "
	"library without a rule, a unit that was not read. Or the call is new, and open "
	"from the start.\n"
	"\n"
	"Each open site weakens what the graph says of all that it may call. A change "
	"that opens many has usually lost a unit, or stores handlers in a new way.";

const char finding_text_incomplete_recording[] =
	"Events were dropped because a table or a file was full, or the mode records "
	"only some calls. What was seen is true; what was not seen may have run all the "
	"same. So nothing is said to be dead, coverage is a lower bound, and the exit "
	"status is 3 where something was lost, unless a finding makes it 1.\n"
	"\n"
	"The message says what was lost and how much. The limits of 'pcarch trace' are "
	"in its manual page.";

const char finding_text_suppression_without_reason[] =
	"A comment asks to ignore a finding here, or names a finding that does not "
	"exist. In a year nobody will know why, and whether that still holds: so the "
	"reason is required, and without it the finding stays.\n"
	"\n"
	"The form is a comment on the line, or alone on a line above it, that begins "
	"with \"pcarch: ignore\", then the id or the name of a finding (or several, "
	"with commas), then the reason. In .pcarch.json the section \"suppressions\" "
	"does the same for functions and modules.";

const char finding_text_stale_suppression[] =
	"The comment, or the entry of .pcarch.json, asks to ignore a finding that is "
	"not there any more: the code has changed, or the scan has learned. Left in "
	"place it would hide the next finding at this line.\n"
	"\n"
	"It is reported only where the recording can tell: the function around the "
	"comment ran, and the finding is of a kind that this comparison looks for.";
