#include "analyzer/ninja.h"

#include "analyzer/cache/digest.h"
#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

/* The kernel takes 128 KiB for one word, which the command is to sh; leave room. */
enum {
	MAX_COMMAND_BYTES = 100 * 1024,
	MAX_BASENAME = 80
};

/* Flags are written once for all units that share them: a tenth of the file, then. */
struct flags {
	struct digest digest;
	size_t number;
	bool is_long;
	UT_hash_handle hh;
};

struct ninja_writer {
	FILE *out;
	const struct ninja_options *options;
	struct arena arena;
	struct flags *flags;
	struct text objects; /* each as an input of the link */
};

static void ninja_writer_release(struct ninja_writer *writer)
{
	HASH_CLEAR(hh, writer->flags);
	arena_release(&writer->arena);
	text_release(&writer->objects);
}

#define scoped_writer __attribute__((cleanup(ninja_writer_release))) struct ninja_writer

/* As the value of a variable; `special` are escaped besides the dollar. */
static void add_escaped(struct text *text, const char *string, const char *special)
{
	for (; *string; string++) {
		if (*string == '$' || strchr(special, *string))
			text_add_char(text, '$');
		text_add_char(text, *string);
	}
}

static void add_path(struct text *text, const char *path)
{
	add_escaped(text, path, " :");
}

/* Neither the shell nor ninja gives these a meaning in the middle of a word. */
static const char plain[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,@%";

/* A word of a command line: quoted for the shell, then for ninja. */
static void add_word(struct text *text, const char *word)
{
	scoped_text quoted = {0};

	if (*word && !word[strspn(word, plain)]) {
		text_add(text, word);
		return;
	}
	text_add_char(&quoted, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			text_add(&quoted, "'\\''");
		else
			text_add_char(&quoted, *word);
	}
	text_add_char(&quoted, '\'');
	add_escaped(text, quoted.bytes, "");
}

/* `bad` are the characters that ninja has no way to write. */
static bool check_text(const char *string, const char *bad, const char *what,
	struct error *err)
{
	size_t at = strcspn(string, bad);

	if (!string[at])
		return true;
	return error_set(err, (struct location){0},
		"cannot write build.ninja: there is a %s in %s, which ninja cannot express; "
		"scan without --emit-ninja",
		string[at] == '|' ? "'|'" : "newline", what);
}

static bool check_path(const char *path, const char *what, struct error *err)
{
	return check_text(path, "\r\n|", what, err);
}

static bool check_line(const char *string, const char *what, struct error *err)
{
	return check_text(string, "\r\n", what, err);
}

static bool check_unit(const struct scan_unit *unit, struct error *err)
{
	if (!check_path(unit->file, "the path of a source", err) ||
		!check_line(unit->directory, "the path of a working directory", err))
		return false;
	for (size_t i = 0; i < unit->narguments; i++) {
		char what[512];

		snprintf(what, sizeof(what), "an argument of '%s'", unit->file);
		if (!check_line(unit->arguments[i], what, err))
			return false;
	}
	return true;
}

/* Unique by file and variant; the base name is for the reader. */
static void add_object(const struct ninja_writer *writer, const struct scan_unit *unit,
	struct text *text)
{
	const char *base = basename(unit->file);
	char hex[DIGEST_HEX_SIZE];

	add_path(text, writer->options->object_dir);
	text_add_char(text, '/');
	for (size_t i = 0; i < MAX_BASENAME && base[i]; i++)
		text_add_bytes(text, strchr(plain, base[i]) ? base + i : "_", 1);
	digest_hex(digest_of(unit->file, strlen(unit->file)), hex);
	text_printf(text, "-%s-%u.facts", hex, unit->variant);
}

/* The variable that holds `unit`'s arguments; it is written when it is new. */
/* NOLINTNEXTLINE(readability-function-size): uthash's macros, not ours, are long */
static const struct flags *find_flags(struct ninja_writer *writer,
	const struct scan_unit *unit)
{
	scoped_text value = {0};
	struct flags *flags;
	struct digest digest;

	for (size_t i = 0; i < unit->narguments; i++) {
		if (i)
			text_add_char(&value, ' ');
		add_word(&value, unit->arguments[i]);
	}
	digest = digest_of(text_string(&value), value.len);
	HASH_FIND(hh, writer->flags, &digest, sizeof(digest), flags);
	if (flags)
		return flags;
	flags = arena_alloc(&writer->arena, sizeof(*flags));
	flags->digest = digest;
	flags->number = HASH_COUNT(writer->flags);
	flags->is_long = value.len > MAX_COMMAND_BYTES;
	HASH_ADD(hh, writer->flags, digest, sizeof(flags->digest), flags);
	fprintf(writer->out, "flags%zu = %s\n", flags->number, text_string(&value));
	return flags;
}

static bool uses_ccache(const struct ninja_options *options)
{
	return options->launcher && strcmp(options->launcher, "ccache") == 0;
}

/* A digest, because ccache takes a dollar in its settings for a variable. */
static void add_namespace(struct text *edge, const char *directory)
{
	char hex[DIGEST_HEX_SIZE];

	digest_hex(digest_of(directory, strlen(directory)), hex);
	text_printf(edge, "\n  namespace = CCACHE_NAMESPACE=%s", hex);
}

static void write_unit(struct ninja_writer *writer, const struct scan_unit *unit)
{
	const struct flags *flags = find_flags(writer, unit);
	scoped_text edge = {0}, object = {0};

	add_object(writer, unit, &object);
	text_printf(&edge, "build %s: %s ", object.bytes,
		flags->is_long ? "long" : "facts");
	add_path(&edge, unit->file);
	text_add(&edge, " | $extractor_path\n  directory = ");
	add_word(&edge, unit->directory);
	if (uses_ccache(writer->options))
		add_namespace(&edge, unit->directory);
	text_printf(&edge, "\n  flags = $flags%zu\n", flags->number);
	fputs(edge.bytes, writer->out);
	text_printf(&writer->objects, " $\n  %s", object.bytes);
}

/* Why each of them: ninja.h. */
static const char ccache[] =
	"env CCACHE_DEPEND=1 CCACHE_DIRECT=1 CCACHE_CPP2=1 CCACHE_COMPILERTYPE=clang "
	"CCACHE_BASEDIR= ";

static void add_launcher(struct text *text, const struct ninja_options *options)
{
	const char *fingerprint = options->fingerprint;
	char hex[DIGEST_HEX_SIZE];

	if (!options->launcher || !*options->launcher)
		return;
	if (uses_ccache(options)) {
		digest_hex(digest_of(fingerprint, strlen(fingerprint)), hex);
		text_printf(text, "%sCCACHE_COMPILERCHECK=string:%s ccache", ccache, hex);
	} else {
		add_escaped(text, options->launcher, "");
	}
	text_add_char(text, ' ');
}

static const char head[] =
	"# Written by 'pcarch scan --emit-ninja': do not edit. Run: ninja -f FILE\n"
	"#\n"
	"# One command a unit, shaped like a compiler's, so that what runs compilers runs these:\n"
	"#   pcarch scan --emit-ninja --launcher ccache         a second run parses nothing\n"
	"#   pcarch scan --emit-ninja --launcher 'srun -n1 -Q'  each unit a step on a Slurm cluster\n"
	"#                                                      that shares the file system\n"
	"# distcc and icecc send preprocessed text, in which macros and headers are lost: with them,\n"
	"# let ninja run on each machine for a share of the units, then run 'pcarch link'.\n"
	"ninja_required_version = 1.5\n";

static const char rules[] =
	"rule facts\n"
	"  command = cd $directory && $namespace $run $flags -MD -MF $out.d -c $in -o $out\n"
	"  description = facts of $in\n"
	"  depfile = $out.d\n"
	"  deps = gcc\n"
	"  restat = 1\n"
	"rule long\n"
	"  command = cd $directory && $namespace $run @$out.rsp -MD -MF $out.d -c $in -o $out\n"
	"  description = facts of $in\n"
	"  rspfile = $out.rsp\n"
	"  rspfile_content = $flags\n"
	"  depfile = $out.d\n"
	"  deps = gcc\n"
	"  restat = 1\n"
	"rule link\n"
	"  command = $program link$root$binaries$rules @$out.rsp -o $out\n"
	"  description = link $out\n"
	"  rspfile = $out.rsp\n"
	"  rspfile_content = $in_newline\n";

static void add_rules(struct text *text, const struct ninja_options *options)
{
	if (options->nrules)
		text_add(text, "\nrules = $");
	for (size_t i = 0; i < options->nrules; i++) {
		text_add(text, " --rules ");
		add_word(text, options->rules[i]);
	}
}

static void write_head(const struct ninja_writer *writer)
{
	const struct ninja_options *options = writer->options;
	const char *slash = strrchr(options->program, '/');
	int folder = slash ? (int)(slash - options->program) : 0;
	scoped_text extractor = {0}, text = {0};

	text_printf(&extractor, "%.*s%spcarch-cc", folder, options->program,
		slash ? "/" : "");
	text_add(&text, head);
	text_add(&text, "program = ");
	add_word(&text, options->program);
	if (options->root) {
		text_add(&text, "\nroot = $ --root ");
		add_word(&text, options->root);
	}
	for (size_t i = 0; i < options->nbinaries; i++) {
		text_add(&text, i ? " --binary " : "\nbinaries = $ --binary ");
		add_word(&text, options->binaries[i]);
	}
	add_rules(&text, options);
	text_add(&text, "\nprogram_path = ");
	add_escaped(&text, options->program, "");
	text_add(&text, "\nextractor_path = ");
	add_escaped(&text, extractor.bytes, "");
	text_add(&text, "\nrun = ");
	add_launcher(&text, options);
	add_word(&text, extractor.bytes);
	text_add_char(&text, '\n');
	text_add(&text, rules);
	fputs(text.bytes, writer->out);
}

static void write_link(const struct ninja_writer *writer)
{
	const struct ninja_options *options = writer->options;
	scoped_text output = {0}, inputs = {0};

	add_path(&output, options->output);
	for (size_t i = 0; i < options->nbinaries; i++) {
		text_add_char(&inputs, ' ');
		add_path(&inputs, options->binaries[i]);
	}
	for (size_t i = 0; i < options->nrules; i++) {
		text_add_char(&inputs, ' ');
		add_path(&inputs, options->rules[i]);
	}
	if (options->project_rules) {
		text_add_char(&inputs, ' ');
		add_path(&inputs, options->project_rules);
	}
	if (options->learned_rules) {
		text_add_char(&inputs, ' ');
		add_path(&inputs, options->learned_rules);
	}
	fprintf(writer->out, "build %s: link%s $\n  | $program_path%s\ndefault %s\n",
		output.bytes, text_string(&writer->objects), text_string(&inputs),
		output.bytes);
}

static bool check_options(const struct ninja_options *options, struct error *err)
{
	for (size_t i = 0; i < options->nbinaries; i++)
		if (!check_path(options->binaries[i], "the path of a binary", err))
			return false;
	for (size_t i = 0; i < options->nrules; i++)
		if (!check_path(options->rules[i], "the path of a rule file", err))
			return false;
	return (!options->project_rules ||
		       check_path(options->project_rules, "the path of the root", err)) &&
	       (!options->learned_rules ||
		       check_path(options->learned_rules, "the path of the root", err)) &&
	       check_line(options->program, "the path of pcarch", err) &&
	       check_path(options->object_dir, "the directory for facts", err) &&
	       check_path(options->output, "the path of the output", err) &&
	       (!options->root || check_line(options->root, "the root", err)) &&
	       (!options->launcher || check_line(options->launcher, "the launcher", err));
}

bool ninja_write(FILE *out, const struct unit_list *units,
	const struct ninja_options *options, struct error *err)
{
	scoped_writer writer = {.out = out, .options = options};

	if (!check_options(options, err))
		return false;
	for (size_t i = 0; i < units->nunits; i++) {
		if (!check_unit(&units->units[i], err))
			return false;
	}
	write_head(&writer);
	for (size_t i = 0; i < units->nunits; i++)
		write_unit(&writer, &units->units[i]);
	write_link(&writer);
	return true;
}
