# pcarch traffic: every command of a program is run and recorded, and what came of it is told.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan traffic validate
need_command cc
cd "$tmp" || exit 1
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
mkdir rooms project
export TMPDIR=$tmp/rooms

cat >project/vault.c <<'C'
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
};

static const char *program;

/* Says where it is: HOME, files, input, environment. */
static int do_where(int argc, char **argv)
{
	char line[400] = "", directory[4096];
	const char *home = getenv("HOME"), *mark = getenv("MARK");
	FILE *file = fopen("notes/first", "r");

	printf("%s%s", argc > 1 ? argv[1] : "-", getcwd(directory, sizeof(directory)) && home && strcmp(home, directory) == 0 ? " home" : "");
	printf(" %s %s", mark ? mark : "-", getenv("SECRET") ? "secret" : "-");
	printf(" %s", fgets(line, sizeof(line), stdin) ? strtok(line, "\n") : "-");
	printf(" %s\n", file && fgets(line, sizeof(line), file) ? line : "-");
	if (file)
		fclose(file);
	return access("prepared", F_OK) == 0 ? 0 : 3;
}
static int do_get(int argc, char **argv)
{
	(void)argv;
	return argc != 2;
}
static int do_crash(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return raise(SIGSEGV);
}
static int do_hang(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	for (;;)
		pause();
}
/* Leaves one behind, in a session of its own, and closes all that it had. */
static int do_leave(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	if (fork() == 0) {
		setsid();
		fclose(stdout);
		execlp("sleep", program, "7654", (char *)0);
	}
	return 0;
}
static int do_name(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 0;
}
static const struct command commands[] = {
	{"where", do_where}, {"get", do_get}, {"crash", do_crash}, {"hang", do_hang}, {"leave", do_leave}, {"name", do_name},
};

static int dispatch(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			return commands[i].run(argc, argv);
	fprintf(stderr, "no command '%s'\n\n", argv[0]);
	return 2;
}
int main(int argc, char **argv)
{
	const char *self = strrchr(argv[0], '/');

	program = argv[0];
	if (self && strcmp(self, "/name") == 0) {
		argv[0] = argv[0] + (self - argv[0]) + 1;
		return dispatch(argc, argv);
	}
	if (argc < 2 || strcmp(argv[1], "name") == 0)
		return 2;
	return dispatch(argc - 1, argv + 1);
}
C
cd project || exit 1
assert_exit 0 "$PCARCH" build -q -- cc -O1 vault.c -o vault
assert_exit 0 "$PCARCH" scan -q
cd .. || exit 1
export SECRET=hush

traffic() { assert_exit "$1" "$PCARCH" traffic --static project/static.json -o run.json "${@:2}"; }
# row NAME EXPRESSION: what the last run with --format json says of a command.
row() {
	printf '%s\n' "$out" | python3 -c 'import json, sys
d = {r["name"]: r for r in map(json.loads, sys.stdin)}[sys.argv[1]]
sys.exit(not eval(sys.argv[2], {"d": d}))' "$1" "$2" || fail "not so of '$1': $2 in $(grep -F "\"$1\"" <<<"$out")"
}

# Nothing but what is named is run: without a name, nothing.
traffic 0
assert_out 'not driven'
assert_out ' and 5 more'
assert_out 'give the file of the program: --program vault=FILE'
assert_err '0 of 6 driven: 0 handlers ran, 6 not driven'
assert_err 'nothing was recorded, so no trace is written'
[ ! -e run.json ] || fail 'a trace of nothing was written'
traffic 1 --strict
traffic 0 --program vault=missing --route 'vault get'
assert_out "'missing' cannot be run: No such file or directory"

# What would be run, and nothing is.
traffic 0 --dry-run --program project/vault --route 'vault [gw]*'
assert_out_is "$tmp/project/vault get --help
$tmp/project/vault where --help"
assert_equal "$(ls rooms)" '' 'the temporary directory'

# One that does not end.
traffic 0 --program project/vault --format json --timeout 3 --route 'vault hang'
row 'vault hang' "d['outcome'] == 'late' and d['handler_ran'] and d['reason'] == 'it did not end in 3 seconds'"
assert_err '1 of 1 driven: 1 handler ran, 1 late'

# As it is: with --help.
traffic 0 --program project/vault --format json --route 'vault [!h]*' --timeout 60
row 'vault get' "d['outcome'] == 'ran' and d['handler_ran'] and d['status'] == 0 and d['handler'] == 'do_get'"
row 'vault where' "d['status'] == 3 and d['said'] == '--help home - - - -'"
row 'vault crash' "d['outcome'] == 'ran' and d['status'] == 139"
row 'vault leave' "d['handler_ran'] and d['status'] == 0"
row 'vault name' "d['outcome'] == 'unseen' and not d['handler_ran'] and d['status'] == 2 and d['row'] == 'command'"
assert_err '5 of 5 driven: 4 handlers ran, 1 not seen'
assert_exit 0 "$PCARCH" validate run.json
assert_json run.json "{'do_get', 'do_where', 'do_crash', 'do_leave'} <= {f['function'] for f in d['functions']}"
assert_json run.json "len(d['runs']) == 5 and d['summary']['entry_points_covered'] == 1"
! pgrep -f "^$tmp/project/vault 7654" >/dev/null || fail 'what a command left behind still runs'
assert_equal "$(ls rooms)" '' 'the temporary directory'
traffic 1 --program project/vault --strict --route 'vault name'

# With rules.
cat >rules.json <<'JSON'
{"kind": "traffic", "schema_version": "1.0",
 "programs": [{"name": "vault", "path": "project/vault", "arguments": ["key"], "environment": {"MARK": "everywhere"}}],
 "rules": [
  {"match": "vault *", "status": 0},
  {"match": "vault where", "arguments": ["{nonce}", "{directory}"], "environment": {"MARK": "it's {tokens}"}, "input": "typed {arguments}\n",
   "files": {"notes/first": "written"}, "before": [["touch", "prepared"]]},
  {"match": "vault crash", "status": 139},
  {"match": "vault hang", "skip": "never ends"},
  {"match": "vault name", "as": "{tokens}"},
  {"match": "vault leave", "before": [["sh", "-c", "echo no way >&2; exit 1"]]}]}
JSON
assert_exit 0 "$PCARCH" validate rules.json
traffic 0 --rules rules.json --format json
row 'vault get' "d['outcome'] == 'ran' and d['is_expected'] and d['expected_status'] == 0"
row 'vault crash' "d['is_expected'] and d['status'] == 139"
row 'vault hang' "d['outcome'] == 'skipped' and d['reason'] == 'never ends' and d['status'] is None and d['handler_ran'] is None"
row 'vault name' "d['outcome'] == 'ran'"
row 'vault leave' "d['outcome'] == 'undriven' and d['reason'] == \"what is to come before, 'sh', failed: no way\""
row 'vault where' "__import__('re').fullmatch(r\"[0-9a-f]{32} home it's where - typed \S+ \S+/work written\", d['said']) and d['status'] == 0"
assert_err '4 of 6 driven: 4 handlers ran, 1 not driven, 1 skipped'
sed -i 's/"status": 139/"status": 1/' rules.json
traffic 1 --rules rules.json
assert_out '139, not 1'
assert_err '1 with another status than expected'
assert_exit 0 "$PCARCH" traffic --static project/static.json --rules rules.json --dry-run --route 'vault name'
assert_out_is 'name key'

# A program without instrumentation runs, and nothing is known of it.
cc project/vault.c -o plain
traffic 0 --program vault=plain --route 'vault get'
assert_out 'not recorded'
assert_out "nothing was recorded: build the program with 'pcarch build'"

# A signal ends the driving, not the report.
rm -f run.json
"$PCARCH" traffic --static project/static.json --program project/vault -o run.json --route 'vault [gh]*' --timeout 600 >out 2>err &
pids=($!)
wait_for 20 pgrep -f "^$tmp/project/vault hang"
kill -TERM "${pids[0]}"
status=0
wait "${pids[0]}" || status=$?
pids=()
assert_equal "$status" 143 'exit status after SIGTERM'
assert_contains "$(cat out)" 'get   do_get   ran'
assert_file run.json
! pgrep -f "^$tmp/project/vault hang" >/dev/null || fail 'what was driven still runs'
assert_equal "$(ls rooms)" '' 'the temporary directory'

# Wrong usage, and rules that are none, are told before anything runs.
assert_exit 2 "$PCARCH" traffic --static project/static.json vault
assert_err "Commands are chosen with --route 'vault'"
assert_exit 2 "$PCARCH" traffic --static project/static.json -o -
assert_exit 2 "$PCARCH" traffic --static project/static.json --route 'vault nothing'
assert_err "no command begins with 'vault nothing' or matches it"
assert_exit 2 "$PCARCH" traffic --static missing.json
assert_exit 2 "$PCARCH" traffic --static project/static.json --program project/vault -o missing/run.json
# wrong JSON MESSAGE
wrong() {
	printf '%s' "$1" >wrong.json
	assert_exit 2 "$PCARCH" traffic --static project/static.json --rules wrong.json --program project/vault
	assert_err_is "wrong.json:$2"
}
wrong '{"kind": "traffic", "schema_version": "1.0",
 "rules": [{"match": "x", "sttus": 0}]}' "2:27: error: '/rules/0/sttus' is not allowed here: no such member is known; did you mean 'status'?"
wrong '{"kind": "traffic", "schema_version": "1.0", "rules": [{"match": "x", "files": {"../x": ""}}]}' \
	"1:56: error: '/rules/0' has a file whose path leads out of the directory that it runs in: name one below it"
wrong '{"kind": "traffic", "schema_version": "1.0", "programs": [{"name": "a"}, {"name": "a"}]}' \
	"1:74: error: '/programs/1' has the name of a program above it: make one of the two"
