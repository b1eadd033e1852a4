# The bundled example, scanned, run and compared; and again after two calls are taken out of the graph,
# as if the scan had missed them. What each format looks like: test_diff_golden.sh.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace diff
need_command cmake ninja pkg-config python3
pkg-config --exists libmicrohttpd librabbitmq || skip "libmicrohttpd-dev or librabbitmq-dev is not installed"
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE

cp -r "$SOURCE_DIR/examples/polycall" "$tmp/polycall" && rm -rf "$tmp/polycall/build" || exit 1
cd "$tmp/polycall" || exit 1
export POLYCALL_HOME=$tmp/home/polycall POLYCALL_AMQP=amqp://guest:guest@127.0.0.1:1
assert_exit 0 "$PCARCH" build -q -- sh -c 'cmake -B build -G Ninja >/dev/null && ninja -C build >/dev/null'
assert_exit 0 "$PCARCH" scan -q
assert_exit 0 "$PCARCH" trace -q --static static.json -o help.json -- build/polycall help
assert_exit 0 "$PCARCH" trace -q --static static.json -o set.json -- build/polycall config set format json
assert_exit 0 "$PCARCH" trace -q --static static.json -o get.json -- build/polycall config get

# What ran, the scan foresaw; what did not run is told, as nothing was lost.
assert_exit 0 "$PCARCH" diff static.json help.json set.json get.json
assert_equal "$(head -n 1 <<<"$out")" 'every call that was seen is one that the scan foresees' 'the answer'
assert_out '3 of 14 commands ran'
assert_exit 1 "$PCARCH" diff --fail-on dead static.json help.json set.json get.json
assert_exit 1 "$PCARCH" diff --min-coverage 'cli/*=100' static.json help.json set.json get.json

# forget CALLER:CALLEE...: less.json is static.json without the calls.
forget() {
	python3 - "$@" <<'PYTHON' || fail 'no such call'
import json, sys
static = json.load(open("static.json"))
name = lambda call, end: static["functions"][call[end]]["function"]
gone = set(sys.argv[1:])
kept = [c for c in static["calls"] if f"{name(c, 'caller')}:{name(c, 'callee')}" not in gone]
assert len(kept) == len(static["calls"]) - len(gone)
static["calls"] = kept
static["summary"]["call_count"] = len(kept)
json.dump(static, open("less.json", "w"))
PYTHON
}
forget command_run:command_help settings_each:print_setting
for format in text json html sarif dot; do
	assert_exit 1 "$PCARCH" diff -q --format "$format=$format" less.json help.json set.json get.json
	assert_exit 1 "$PCARCH" diff -q --format "$format=again" less.json get.json help.json set.json
	assert_same "$format" again
done
assert_json json "[f['name'] for f in d['findings'] if f['severity'] != 'note'] == ['analysis-bug', 'predicted-hole', 'new-dependency']"
assert_exit 0 "$PCARCH" validate json

# The gates, each for itself.
assert_exit 0 "$PCARCH" diff --fail-on none less.json help.json set.json get.json
assert_exit 1 "$PCARCH" diff --fail-on bug less.json help.json
assert_exit 0 "$PCARCH" diff --fail-on bug less.json get.json
assert_exit 1 "$PCARCH" diff --fail-on hole less.json get.json
assert_exit 1 "$PCARCH" diff --fail-on new-dependency less.json get.json

# A baseline, and a reason in the source: both survive an edit that moves the line.
assert_exit 0 "$PCARCH" diff -q --write-baseline known.json less.json help.json set.json get.json
assert_exit 0 "$PCARCH" diff --baseline known.json less.json help.json set.json get.json
assert_out ' known'
sed -i '1i /* a line more */' cli/command.c
assert_exit 0 "$PCARCH" build -q -- ninja -C build
assert_exit 0 "$PCARCH" scan -q
forget command_run:command_help settings_each:print_setting
assert_exit 0 "$PCARCH" trace -q --static static.json -o help.json -- build/polycall help
assert_exit 0 "$PCARCH" diff --baseline known.json less.json help.json
assert_exit 1 "$PCARCH" diff less.json help.json
assert_out "cli/command.c:$(grep -n 'command->run(argc' cli/command.c | cut -d: -f1):9: error:"
sed -i 's|^\(.*command->run(argc.*\)$|\1 /* pcarch: ignore PCA018 the scan forgot it */|' cli/command.c
assert_exit 0 "$PCARCH" diff --all less.json help.json
assert_out '(suppressed: the scan forgot it)'
assert_exit 0 "$PCARCH" diff --all static.json help.json
assert_out '[PCA041 stale-suppression]'

# What the run revealed, the next scan knows.
assert_exit 0 "$PCARCH" trace -q --static static.json -o get.json -- build/polycall config get
assert_exit 1 "$PCARCH" diff -q --fail-on hole --learn learned.json less.json get.json help.json
assert_file learned.json
assert_exit 0 "$PCARCH" validate learned.json
assert_json learned.json "len(d['learned']) == 2"

# Two scans: what came and went.
sed -i 's/{"stop", /{"halt", /' cli/telemetry.c
assert_exit 0 "$PCARCH" scan -q -o new.json
assert_exit 0 "$PCARCH" diff --all static.json new.json
assert_out "command 'cli telemetry halt' is new: it runs telemetry_stop [PCA032 route-came]"
assert_out "command 'cli telemetry stop' is gone: it ran telemetry_stop [PCA033 route-gone]"
assert_exit 1 "$PCARCH" diff --fail-on route static.json new.json
assert_exit 0 "$PCARCH" diff --fail-on any static.json static.json
