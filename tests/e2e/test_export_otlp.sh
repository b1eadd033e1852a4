# pcarch export --format otlp: every line is what the official protobuf definition says, strictly.
. "$(dirname "$0")/lib.sh"
need_pcarch export
need_command node
modules=${PCARCH_NPM:-$SOURCE_DIR/build/npm/node_modules}
definition=$modules/@opentelemetry/otlp-transformer/build/src/generated/root.js
[ -f "$definition" ] || skip "the protobuf definition of OpenTelemetry is not there: 'scripts/install_packages npm' fetches it"
echo "5bf7744739ab4f7a51d50685ae866e7f96d49d19c6fb30bd80769eff5bbe17e1  $definition" | sha256sum -c --quiet - ||
	skip "'$definition' is not that of 0.57.2"
cd "$tmp" || exit 1

judge() { run node "$SOURCE_DIR/tests/otlp_judge.js" "$modules" "$1"; }
# accepted FILE
accepted() {
	judge "$1"
	[ "$status" = 0 ] || fail "'$1' is refused: $err"
}
# refused NAME SED-SCRIPT PART: the line of the example, changed so, is refused with these words.
refused() {
	sed "$2" spans.jsonl >changed.jsonl
	! cmp -s spans.jsonl changed.jsonl || fail "nothing to change: $1"
	judge changed.jsonl
	[ "$status" = 1 ] || fail "accepted: $1"
	assert_err "$3"
}

assert_exit 0 "$PCARCH" export --format otlp -o spans.jsonl "$SOURCE_DIR/schemas/examples/dynamic.json"
accepted spans.jsonl

# The judge is one.
refused 'an unknown member' 's/"kind"/"sort": "x", "kind"/' 'not as it was'
refused 'a name of the other style' 's/"startTimeUnixNano"/"start_time_unix_nano"/' 'not as it was'
refused 'a string for a number' 's/"kind": 1/"kind": "1"/' 'not as it was'
refused 'a number for a string' 's/"name": "main"/"name": 7/' 'not as it was'
refused 'a number for one of 64 bits' 's/"startTimeUnixNano": "\([0-9]*\)"/"startTimeUnixNano": \1/' 'not as it was'
refused 'an id that is cut' 's/"spanId": "[0-9a-f]*"/"spanId": "00f067aa"/' 'expected 16 lower-case'
refused 'an id in upper case' 's/"traceId": "[0-9a-f]*"/"traceId": "01969BEC0B2070A1A2A3A4A5A6A7A8A9"/' 'expected 32 lower-case'
refused 'an id of nothing' 's/"spanId": "[0-9a-f]*"/"spanId": "0000000000000000"/' 'all zeros'
refused 'a value that is none' 's/{"stringValue": [^}]*}/"text"/' ''

# Whatever a trace may hold: names of strangers, all sorts of metadata, the greatest times.
python3 - "$SOURCE_DIR/schemas/examples/dynamic.json" >odd.json <<'PYTHON'
import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
names = ["a\"b\\c", "\u00e9\u4e2d\U0001f600", "\x01\x1f\x7f", "", "x" * 5000]
for trace in d["traces"]:
    for i, span in enumerate(trace["spans"]):
        span["metadata"] = {f"key {n}": n for n in names} | {"": "empty"}
    trace["spans"][0]["timestamp"] = 2**52 - 1
    trace["spans"][0]["duration_us"] = 2**52 - 1
json.dump(d, sys.stdout)
PYTHON
assert_exit 0 "$PCARCH" export --format otlp -o odd.jsonl odd.json
accepted odd.jsonl

# And what a traced program gives.
need_pcarch build trace
need_command cc
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
cat >main.c <<'C'
#include <unistd.h>
#include <sys/wait.h>
__attribute__((noinline)) static void leaf(void) { __asm__ volatile(""); }
__attribute__((noinline)) static void work(void) { leaf(); leaf(); }
int main(void)
{
	if (fork() == 0) {
		work();
		_exit(0);
	}
	work();
	return wait(0) < 0;
}
C
assert_exit 0 "$PCARCH" build -q -- cc -O1 main.c -o prog
assert_exit 0 "$PCARCH" trace -q --mode spans -o run.json -- ./prog
assert_exit 0 "$PCARCH" export --format otlp -o run.jsonl run.json
accepted run.jsonl
assert_file run.jsonl
