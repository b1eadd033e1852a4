# The bundled example, traced: what its source hides is seen, on the lines that the scan leaves open.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace merge
need_command cmake ninja curl pkg-config
pkg-config --exists libmicrohttpd librabbitmq || skip "libmicrohttpd-dev or librabbitmq-dev is not installed"
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE

cp -r "$SOURCE_DIR/examples/polycall" "$tmp/polycall" && rm -rf "$tmp/polycall/build" || exit 1
cd "$tmp/polycall" || exit 1
export POLYCALL_HOME=$tmp/home/polycall POLYCALL_AMQP=amqp://guest:guest@127.0.0.1:1
assert_exit 0 "$PCARCH" build -q -- sh -c 'cmake -B build -G Ninja >/dev/null && ninja -C build >/dev/null'
assert_exit 0 "$PCARCH" scan -q
trace() { assert_exit "$1" "$PCARCH" trace -q --static static.json -o "$2" -- "${@:3}"; }

# seen FILE CALLER CALLEE: such a call is there, and "through" or a line when given.
seen() {
	assert_json "$1" "[c for c in d['calls'] if d['functions'][c['callee']]['function'] == '$3' and
		(d['functions'][c['caller']]['function'] if c['caller'] is not None else c.get('through')) == '$2']"
}

trace 0 help.json build/polycall help
seen help.json command_run command_help
seen help.json libc.so.6:qsort compare_lines
assert_json help.json "[t['entry_point'] for t in d['traces']] == [e['id'] for e in d['entry_points']]"
assert_json help.json "[d['functions'][e['function_id']]['file'] for e in d['entry_points']] == ['cli/main.c']"
assert_json help.json "d['traces'][0]['spans'][0]['function'] == 'main'"
# The command that ran, in the trace that it was started for.
route_of() { assert_json "$1" "[t['route'] for t in d['traces']] == ['cli $2'] and d['summary']['routes_covered'] == 1"; }
route_of help.json help

# Every function, with its line, and every call site is where the scan has it.
python3 - <<'PYTHON' || fail 'the two do not agree'
import json
static, seen = json.load(open("static.json")), json.load(open("help.json"))
key = lambda f: (f["module"], f["function"], f["file"], f["line"], f["arity"], f["type"])
known = {key(f) for f in static["functions"]}
sites = {(s["file"], s["line"]) for s in static["call_sites"]}
for f in seen["functions"]:
    assert key(f) in known, f
for call in seen["calls"]:
    at = call["call_site"]
    assert not at or (at["file"], at["line"]) in sites, call
PYTHON

# The service, until it is told to stop; its library calls back.
"$PCARCH" trace -q --static static.json -o service.json -- build/polycalld 0 >service.log 2>&1 &
pids=($!)
wait_for 10 grep -q listening service.log
address=$(sed -n 's/.*listening on //p' service.log)
assert_exit 0 curl -sf --max-time 5 "http://$address/status"
assert_exit 0 build/polycall config set service "$address"
trace 0 status.json build/polycall telemetry status
kill "${pids[0]}"
wait "${pids[0]}"
pids=()
seen status.json telemetry_status read_net
route_of status.json 'telemetry status'
assert_json service.json "any((c.get('through') or '').startswith('libmicrohttpd') for c in d['calls'])"
# What came in: the start, requests that the library handed over, and the signal that ended it.
assert_json service.json "{'cli', 'http', 'signal'} == {e['type'] for e in d['entry_points']}"
# A request is one trace, from what the library calls to the handler, with the route and its entry point.
assert_json service.json "[t for t in d['traces'] if t['route'] == 'service GET /status' and t['spans'][0]['function'] == 'on_request' and
	'get_status' in [s['function'] for s in t['spans']] and t['entry_point'] != 'http_1' and t['entry_point'].startswith('http')]"

assert_exit 0 "$PCARCH" merge -q help.json status.json service.json -o all.json
assert_exit 0 "$PCARCH" validate help.json service.json all.json
assert_json all.json "{'help', 'telemetry status', 'GET /status'} <= {' '.join(r['tokens']) for r in d['routes'] if r['count']}"
assert_json all.json "d['summary']['entry_points_covered'] >= 4 and d['summary']['process_count'] == 3"
seen all.json command_run command_help
seen all.json command_run telemetry_status
