# For tests of libpcarch-telemetry: sourced behind lib.sh.
telemetry=$SOURCE_DIR/tests/telemetry
need_command gcc python3
[ -e "$BUILD_DIR/libpcarch-telemetry.so" ] || skip "there is no libpcarch-telemetry.so in '$BUILD_DIR'"
unset TRACEPARENT TRACESTATE BAGGAGE PCARCH_GUID_KEY_FILE PCARCH_LOG_LEVEL PCARCH_LOG_KEYS PCARCH_SERVICE PCARCH_SLOW_MS
export PCARCH_LOG=$tmp/log
mkdir -p "$PCARCH_LOG"

sanitizers=$(sed -n 's/^PCARCH_SANITIZE:STRING=//p' "$BUILD_DIR/CMakeCache.txt" 2>/dev/null)

# build_program NAME [FLAGS...]: tests/telemetry/NAME.c as ./NAME, with the library of this build; with sanitizers, its parts
# as they are instrumented, for what is loaded into others never is.
build_program() {
	local name=$1
	shift
	if [ -n "$sanitizers" ]; then
		clang-19 -fsanitize="$sanitizers" -fno-sanitize-recover=all -D_GNU_SOURCE -O1 -g -I"$SOURCE_DIR/tracer" "$@" \
			"$telemetry/$name.c" -o "$name" "$BUILD_DIR"/lib{telemetry,core}.a -lsodium -pthread ||
			fail "$name.c does not compile with sanitizers"
		return
	fi
	gcc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -O1 -g -I"$SOURCE_DIR/tracer" "$@" "$telemetry/$name.c" -o "$name" \
		-L"$BUILD_DIR" -lpcarch-telemetry -Wl,-rpath,"$BUILD_DIR" -pthread || fail "$name.c does not compile"
}

build_vault() { build_program vault "$@"; }

# fresh: an empty log.
fresh() { rm -rf "${PCARCH_LOG:?}"/*; }

# verify: every line of the log is sealed as docs/telemetry-log.md has it, and its steps make its GUID.
verify() {
	python3 "$telemetry/sealed_log.py" verify ${key:+--key "$key"} "$PCARCH_LOG"/*.jsonl >"$tmp/.verify" 2>&1 ||
		fail "the log is not in order: $(cat "$tmp/.verify")"
}

# assert_log EXPRESSION: true of the events `e`, a list of objects in the order of files and lines; `by(NAME)` are those of
# that name.
assert_log() {
	python3 - "$1" "$PCARCH_LOG"/*.jsonl <<'PYTHON' || fail "not so in the log: $1"
import json, sys
e = []
for path in sorted(sys.argv[2:]):
    with open(path, encoding="utf-8") as stream:
        e += [json.loads(line) for line in stream]
by = lambda name: [row for row in e if row["event"] == name]
try:
    is_so = eval("(" + sys.argv[1] + ")", {"e": e, "by": by, "json": json, "paths": sys.argv[2:]})
except (IndexError, KeyError) as error:
    is_so = False
    print(repr(error), file=sys.stderr)
if not is_so:
    for row in e[-20:]:
        print(json.dumps(row)[:900], file=sys.stderr)
sys.exit(not is_so)
PYTHON
}
