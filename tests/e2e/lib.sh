# Assertions for the end-to-end tests. A test starts with
#
#	. "$(dirname "$0")/lib.sh"
#
# and then has an empty directory "$tmp" that is removed at the end, the program "$PCARCH" and the
# checkout "$SOURCE_DIR" (ctest gives both; run by hand, the ones of this checkout are taken).
# HOME and the cache are inside "$tmp", so that no test sees the user's files or another test's.
# The first assertion that does not hold ends the test and shows what the last command printed.
set -u

SOURCE_DIR=${SOURCE_DIR:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
BUILD_DIR=${BUILD_DIR:-$SOURCE_DIR/build}
PCARCH=${PCARCH:-$BUILD_DIR/pcarch}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/pcarch-test.XXXXXX") || exit 1
export HOME=$tmp/home XDG_CACHE_HOME=$tmp/home/.cache LC_ALL=C.UTF-8
mkdir -p "$HOME"
unset PCARCH_CACHE_DIR PCARCH_GUID_KEY_FILE NO_COLOR XDG_CONFIG_HOME
# ASan says of each swapcontext() that it does not like it: not among what the program says.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}log_path=$tmp/.asan
pids=()

at_exit() {
	local status=$? pid
	for pid in ${pids[@]+"${pids[@]}"}; do
		kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	done
	chmod -R u+rwX "$tmp" 2>/dev/null
	rm -rf "$tmp"
	exit "$status"
}
trap at_exit EXIT
trap 'exit 1' INT TERM

# fail SENTENCE: the test ends here.
fail() {
	echo "FAILED at line ${BASH_LINENO[-2]:-?}: $*" >&2
	if [ -n "${ran:-}" ]; then
		echo "  command: $ran" >&2
		echo "  exit:    $status" >&2
		sed 's/^/  stdout:  /' "$tmp/.out" | head -n 40 >&2
		sed 's/^/  stderr:  /' "$tmp/.err" | head -n 40 >&2
		cat "$tmp"/.asan.* 2>/dev/null | grep -v 'WARNING: ASan' | head -n 60 >&2
	fi
	exit 1
}

# skip REASON: the test cannot run here.
skip() {
	echo "skipped: $*"
	exit 77
}

# need_command NAME...: skip unless each is installed.
need_command() {
	local name
	for name; do
		command -v "$name" >/dev/null || skip "$name is not installed"
	done
}

# need_pcarch COMMAND...: skip unless the program has these commands.
need_pcarch() {
	local name
	for name; do
		"$PCARCH" --help 2>/dev/null </dev/null | grep -qE "^ +$name( |\$)" ||
			skip "this pcarch has no command '$name'"
	done
}

# commands: the names of the program's commands, a line each.
commands() {
	"$PCARCH" --help </dev/null |
		sed -n '/^Usage:/,/^Options:/s/^  \([a-z][a-z-]*\)  *[a-z].*/\1/p'
}

# run COMMAND...: sets $status, $out (stdout) and $err (stderr). stdin is empty unless redirected.
run() {
	ran=$*
	if [ -t 0 ]; then
		"$@" >"$tmp/.out" 2>"$tmp/.err" </dev/null
	else
		"$@" >"$tmp/.out" 2>"$tmp/.err"
	fi
	status=$?
	# A byte of NUL would make bash talk; it cannot be asserted on anyway.
	out=$(tr -d '\0' <"$tmp/.out")
	err=$(tr -d '\0' <"$tmp/.err")
}

# assert_exit N COMMAND...: run it; its exit status is N.
assert_exit() {
	local expected=$1
	shift
	run "$@"
	[ "$status" = "$expected" ] || fail "exit status $status, expected $expected"
}

# What the last command printed, to stdout (out), to stderr (err), or a text of one's own.
assert_out() { assert_contains "$out" "$1" "stdout"; }
assert_err() { assert_contains "$err" "$1" "stderr"; }
assert_out_is() { assert_equal "$out" "$1" "stdout"; }
assert_err_is() { assert_equal "$err" "$1" "stderr"; }

# assert_contains TEXT PART [NAME]
assert_contains() {
	case $1 in
	*"$2"*) ;;
	*) fail "${3:-text} does not contain '$2'" ;;
	esac
}

# assert_lacks TEXT PART [NAME]
assert_lacks() {
	case $1 in
	*"$2"*) fail "${3:-text} contains '$2'" ;;
	esac
}

# assert_equal ACTUAL EXPECTED [NAME]
assert_equal() {
	[ "$1" = "$2" ] || fail "${3:-value} is '$1', expected '$2'"
}

# assert_same FILE FILE: the same bytes.
assert_same() {
	cmp -s "$1" "$2" || fail "'$1' and '$2' differ: $(cmp "$1" "$2" 2>&1)"
}

# assert_file FILE...: each is there and not empty.
assert_file() {
	local file
	for file; do
		[ -s "$file" ] || fail "'$file' is missing or empty"
	done
}

# json FILE EXPRESSION: print a Python expression over the document `d`; lists print a line each.
json() {
	python3 - "$1" "$2" <<'PYTHON'
import json, sys
with open(sys.argv[1], encoding="utf-8") as stream:
    d = json.load(stream)
result = eval(sys.argv[2], {"d": d})
if isinstance(result, (list, tuple)):
    for item in result:
        print(item if isinstance(item, str) else json.dumps(item))
else:
    print(result if isinstance(result, str) else json.dumps(result))
PYTHON
}

# assert_json FILE EXPRESSION: a Python expression over the document `d` is true.
assert_json() {
	local result
	result=$(json "$1" "bool($2)") || fail "'$1' is no JSON, or '$2' fails on it"
	[ "$result" = true ] || fail "not so in '$1': $2"
}

# wait_for SECONDS COMMAND...: try the command until it succeeds; fail when it never does.
wait_for() {
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$end" ] || fail "never happened: $*"
		sleep 0.05
	done
}

# compdb DIR FILE...: write DIR/compile_commands.json for these C files, compiled there with $CFLAGS.
compdb() {
	python3 - "$@" <<'PYTHON'
import json, os, shlex, sys
where = os.path.abspath(sys.argv[1])
flags = shlex.split(os.environ.get("CFLAGS", ""))
rows = [{"directory": where, "file": f, "arguments": ["cc", *flags, "-c", f]} for f in sys.argv[2:]]
with open(os.path.join(where, "compile_commands.json"), "w", encoding="utf-8") as stream:
    json.dump(rows, stream, indent=1)
PYTHON
}
