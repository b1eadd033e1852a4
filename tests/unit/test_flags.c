#include "analyzer/compile/flag_rules.h"
#include "analyzer/compile/flags.h"

#include "analyzer/compile/notes.h"
#include "core/arena.h"
#include "core/shell_words.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;

static void teardown(void)
{
	arena_release(&arena);
}

TestSuite(flags, .fini = teardown);

/* Clean the command line `text`; returns what is kept, joined by blanks. */
static const char *clean_into(const char *text, struct flags *out, size_t *nnotes)
{
	scoped_notes notes = {.arena = &arena};
	scoped_text word = {0}, joined = {0};
	const char *words[100];
	struct shell_words split;
	size_t n = 0;

	shell_words_init(&split, text, strlen(text), QUOTING_SHELL);
	while (shell_words_next(&split, &word))
		words[n++] = arena_strdup(&arena, word.bytes);
	flags_clean(&arena, &notes, words, n, out);
	notes_list(&notes, nnotes);
	for (size_t i = 0; i < out->nkept; i++)
		text_printf(&joined, "%s%s", i ? " " : "", out->kept[i]);
	return arena_strdup(&arena, text_string(&joined));
}

static void expect(const char *text, const char *kept)
{
	struct flags flags;
	size_t nnotes;

	cr_assert_str_eq(clean_into(text, &flags, &nnotes), kept, "%s gives '%s'", text,
		clean_into(text, &flags, &nnotes));
}

/* `text` leaves nothing, and says so. */
static void expect_refused(const char *text)
{
	struct flags flags;
	size_t nnotes;

	expect(text, "");
	clean_into(text, &flags, &nnotes);
	cr_assert_gt(nnotes, 0, "no note for %s", text);
}

static void expect_silent(const char *text, const char *kept)
{
	struct flags flags;
	size_t nnotes;

	expect(text, kept);
	clean_into(text, &flags, &nnotes);
	cr_assert_eq(nnotes, 0, "a note for %s", text);
}

Test(flags, output_and_stage_are_dropped_silently)
{
	expect_silent("-c -S -o a.o -oa.o -pipe -save-temps=obj --save-temps a.c", "");
	expect_silent("-MD -MMD -MP -MF a.d -MFa.d -MT x -MQ y -Wp,-MD,a.d -Wp,-MMD,a.d",
		"");
	expect_silent(
		"-g -g3 -ggdb -gdwarf-5 -gsplit-dwarf -Wall -Wno-unused -w -pedantic",
		"");
	expect_silent(
		"-Lx -L x -lm -l m -Wl,-z,now -Xlinker -z -shared -static -rdynamic", "");
	expect_silent("-Wa,--noexecstack -Xassembler -x --param a=b --coverage -pg", "");
	expect_silent("-fdiagnostics-color=always -frandom-seed=1", "");
}

Test(flags, what_changes_the_source_is_kept)
{
	expect_silent("-std=gnu11 -ansi -O2 -Os -m32 -msse4.2 -march=armv8-a -pthread",
		"-std=gnu11 -ansi -O2 -Os -m32 -msse4.2 -march=armv8-a -pthread");
	expect_silent(
		"-fPIC -fno-builtin -fno-builtin-malloc -ffreestanding -fshort-enums",
		"-fPIC -fno-builtin -fno-builtin-malloc -ffreestanding -fshort-enums");
	expect_silent("-nostdinc -undef -funsigned-char -fgnu89-inline -fopenmp",
		"-nostdinc -undef -funsigned-char -fgnu89-inline -fopenmp");
}

Test(flags, equal_meanings_are_spelled_equally)
{
	expect("-I x -Ix -D A=1 -DA=1 -U B -UB", "-Ix -Ix -DA=1 -DA=1 -UB -UB");
	expect("-isystem x -iquote x -idirafter x", "-isystemx -iquotex -idirafterx");
	expect("--std=c99 --std c99 --sysroot /s --sysroot=/s",
		"-std=c99 -std=c99 --sysroot=/s --sysroot=/s");
	expect("--define-macro=A --include-directory x --undefine-macro B",
		"-DA -Ix -UB");
	expect("-target arm-none-eabi --target=arm-none-eabi",
		"--target=arm-none-eabi --target=arm-none-eabi");
	expect("-fplan9-extensions", "-fms-extensions");
}

Test(flags, order_of_macros_and_directories_stays)
{
	expect("-DA -UA -DA=2 -Ib -Ia", "-DA -UA -DA=2 -Ib -Ia");
}

Test(flags, include_bypasses_precompiled_headers)
{
	expect("-include x.h", "-Xclang -include -Xclang x.h");
	expect("-includex.h", "-Xclang -include -Xclang x.h");
	expect("--include=x.h", "-Xclang -include -Xclang x.h");
	expect_refused("-include-pch x.pch");
}

Test(flags, nothing_loads_code)
{
	expect_refused("-fplugin=evil.so");
	expect_refused("-fplugin-arg-evil-x=1");
	expect_refused("-fpass-plugin=evil.so");
	expect_refused("-Xclang -load");
	expect_refused("-Xclang -load -Xclang evil.so");
	expect_refused("-Xclang=-load");
	expect_refused("-load evil.so");
	expect_refused("-Wp,-load,evil.so");
	expect_refused("-Xpreprocessor -load -Xpreprocessor evil.so");
	expect_refused("-mllvm -load=evil.so");
	expect_refused("-mllvm=-load=evil.so");
	expect_refused("-mmlir x");
	expect_refused("-B dir");
	expect_refused("-Bdir");
	expect_refused("--prefix=dir");
	expect_refused("-wrapper gdb,--args");
	expect_refused("-specs=evil.specs");
	expect_refused("--specs=evil.specs");
	expect_refused("--config evil.cfg");
	expect_refused("--config=evil.cfg");
	expect_refused("--config-user-dir=.");
	expect_refused("-cc1");
	expect_refused("-ccc-gcc-name=evil");
	expect_refused("--driver-mode=cl");
	expect_refused("-resource-dir=evil");
	expect_refused("-resource-dir evil");
}

Test(flags, nothing_writes_files)
{
	expect_refused("-MJ out.json");
	expect_refused("-fmodules");
	expect_refused("-fmodules-cache-path=x");
	expect_refused("-fmodule-output=x");
	expect_refused("-ftime-trace=x");
	expect_refused("-fproc-stat-report=x");
	expect_refused("-fprofile-generate=x");
	expect_refused("-fprofile-arcs");
	expect_refused("-ftest-coverage");
	expect_refused("-fsave-optimization-record");
	expect_refused("-foptimization-record-file=x");
	expect_refused("-fcrash-diagnostics-dir=x");
	expect_refused("-fdepfile-entry=x");
	expect_refused("-fdump-tree-all");
	expect_refused("-fcallgraph-info");
	expect_refused("-fstack-usage");
	expect_refused("-serialize-diagnostics x");
	expect_refused("--serialize-diagnostics x");
	expect_refused("-index-store-path x");
	expect_refused("-module-dependency-dir x");
	expect_refused("-gen-cdb-fragment-path x");
	expect_refused("-Wp,-dependency-file,x");
	expect_refused("-some-flag-of-tomorrow=x");
}

Test(flags, a_missing_argument_does_not_let_the_next_word_through)
{
	expect("-I '' -include --config=evil", "");
	expect("-D", "");
	expect("-I", "");
	expect("-x", "");
	expect("-mthread-model -include --config=evil", "");
	expect("-Wp,-D -include @evil", "");
	expect("--std= --sysroot ''", "");
	expect("-isystem '' -- -fplugin=evil.so", "");
}

Test(flags, preprocessor_words_keep_their_macros)
{
	expect("-Wp,-D_FORTIFY_SOURCE=2", "-D_FORTIFY_SOURCE=2");
	expect("-Wp,-D,A,-UB,-Ix", "-DA -UB -Ix");
	expect("-Xpreprocessor -DA", "-DA");
}

Test(flags, sanitizers_that_sources_ask_for_are_kept)
{
	expect("-fsanitize=address,bounds-strict,undefined",
		"-fsanitize=address,undefined");
	expect("-fsanitize=cfi", "");
	expect_silent("-fsanitize-recover=all -fno-sanitize=alignment", "");
}

Test(flags, gcc_only_flags_are_dropped)
{
	expect("-fno-tree-vrp -fconserve-stack -fno-ipa-cp-clone -flto=auto -falign-jumps=1",
		"");
	expect("-mindirect-branch=thunk-extern -mindirect-branch-register", "");
	expect("-mpreferred-stack-boundary=3 -mno-fp-ret-in-387 -mrecord-mcount", "");
	expect("-fvar-tracking-assignments -fno-allow-store-data-races -mtune=k9000", "");
}

Test(flags, inputs_and_language_are_told)
{
	struct flags flags;
	size_t nnotes;

	clean_into("-c a.c -o b.c -x assembler-with-cpp c.S -- -d.c -", &flags, &nnotes);
	cr_assert_eq(flags.ninputs, 4);
	cr_assert_str_eq(flags.inputs[0], "a.c");
	cr_assert_str_eq(flags.inputs[1], "c.S");
	cr_assert_str_eq(flags.inputs[2], "-d.c");
	cr_assert_str_eq(flags.language, "assembler-with-cpp");
	cr_assert_not(flags.is_preprocess_only);
	clean_into("-xc -x none -E a.c", &flags, &nnotes);
	cr_assert_null(flags.language);
	cr_assert(flags.is_preprocess_only);
	clean_into("-M a.c", &flags, &nnotes);
	cr_assert(flags.is_preprocess_only);
}

/* Every rule is found by its own name: the table is sorted. */
Test(flags, every_rule_is_reached)
{
	static const char *const names[] = {"-", "--analyze", "-D", "-Xpreprocessor",
		"-fsanitize=", "-include-pch", "-mllvm", "-o", "-x", "-z", "-Wp,",
		"-imacros", "-fno-builtin-", "--undefine-macro="};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		cr_assert_str_eq(flag_rule_find(names[i])->name, names[i]);
	cr_assert_str_eq(flag_rule_find("-zzz")->name, "-");
	cr_assert_str_eq(flag_rule_find("-include-pchx")->name, "-include");
	cr_assert_str_eq(flag_rule_find("-fno-builtin-x")->name, "-fno-builtin-");
	cr_assert(flag_rules_are_sorted());
}
