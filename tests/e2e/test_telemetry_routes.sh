# The route that a run of a program has is the one that the scan of its source has: for every command of the demo programs.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/telemetry/telemetry.sh"
need_pcarch scan
need_command cmake ninja
[ -e "$BUILD_DIR/libpcarch-telemetry.a" ] || skip "there is no libpcarch-telemetry.a in '$BUILD_DIR'"
cd "$tmp" || exit 1

# judge PROGRAM STATIC: run the words of each route, by each of its names, and compare; print how many there were.
cat >judge.py <<'PYTHON'
import glob, json, os, subprocess, sys
program, document = sys.argv[1], json.load(open(sys.argv[2]))
routes = [r for r in document["routes"] if not r.get("is_default")]
ran = 0
for route in routes:
    words = route["tokens"]
    for last in [words[-1], *route.get("aliases", [])]:
        for old in glob.glob(os.environ["PCARCH_LOG"] + "/*"):
            os.unlink(old)
        subprocess.run([program, *words[:-1], last], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        rows = [json.loads(line) for path in glob.glob(os.environ["PCARCH_LOG"] + "/*") for line in open(path)]
        seen = {(r["route"], r["route_id"]) for r in rows if r["event"] == "command.end" and r["channel"] == "cli" and "route" in r}
        assert seen == {(" ".join(words), route["route_id"])}, (words, last, route["route_id"], seen)
        ran += 1
branches = {(b["point"], c) for b in document["branches"] for c in b["choices"]}
print(ran, len(branches))
PYTHON

# No command that ends the process by a signal, or begins other executions, tells its own end as others do.
mkdir source && cp "$telemetry/vault.c" source
CFLAGS="-std=c11 -D_GNU_SOURCE -g -I$SOURCE_DIR/tracer" compdb source vault.c
telemetry=$tmp/source build_vault
assert_exit 0 "$PCARCH" scan -q -p source --root source --binary vault -o vault.json
python3 - <<'PYTHON'
import json
d = json.load(open("vault.json"))
d["routes"] = [r for r in d["routes"] if r["tokens"] != ["crash"]]
json.dump(d, open("vault.json", "w"))
PYTHON
assert_exit 0 python3 judge.py ./vault vault.json
# Twenty commands, one with two more names, without the one that crashes.
assert_out_is '21 4'

pkg-config --exists libmicrohttpd librabbitmq || skip "libmicrohttpd-dev or librabbitmq-dev is not installed"
mkdir -p prefix/include prefix/lib/cmake/pcarch-telemetry
cp "$SOURCE_DIR/tracer/pcarch_trace.h" prefix/include
cp "$BUILD_DIR"/libpcarch-telemetry.{so,a} prefix/lib
cp "$BUILD_DIR/pcarch-telemetry-config.cmake" prefix/lib/cmake/pcarch-telemetry
assert_exit 0 cmake -S "$SOURCE_DIR/examples/polycall" -B build -G Ninja -DCMAKE_C_FLAGS=-Werror -Dpcarch-telemetry_DIR="$tmp/prefix/lib/cmake/pcarch-telemetry"
assert_exit 0 ninja -C build
assert_exit 0 "$PCARCH" scan -q -p build --root "$SOURCE_DIR/examples/polycall" --binary build/polycall -o polycall.json
export POLYCALL_HOME=$tmp/polycall
assert_exit 0 python3 judge.py build/polycall polycall.json
assert_out_is '10 2'

# From the command line to the service: one trace, and the id that was sent is the one that both sides log.
fresh
POLYCALL_AMQP=amqp://guest:guest@127.0.0.1:1 build/polycalld 0 >service.log 2>&1 &
pids+=($!)
wait_for 10 grep -q listening service.log
assert_exit 0 build/polycall config set service "$(sed -n 's/.*listening on //p' service.log)"
assert_exit 0 build/polycall telemetry status
assert_exit 1 build/polycall queue publish upper x
kill "${pids[0]}" && wait "${pids[0]}"
pids=()
assert_exit 0 build/polycall telemetry status
verify
client="[r for r in by('command.end') if r['service'] == 'polycall' and r['route'] == 'telemetry status']"
served="[r for r in by('command.end') if r['service'] == 'polycalld']"
assert_log "$served[0]['route'] == 'GET /status' and $served[0]['trace_id'] == $client[0]['trace_id']"
assert_log "$served[0]['correlationId'] == $client[0]['correlationId'] and $served[0]['guid'][:32] != $client[0]['guid'][:32]"
assert_log "$served[0]['parent_span_id'] == [r for r in by('external.call.start') if r['service'] == 'polycall'][0]['span_id']"
# With and without the service: two ways of one route; why the first failed is there.
assert_log "len({r['route_id'] for r in $client}) == 1 and len({r['path_id'] for r in $client}) == 2"
assert_log "[s for s in $client[1]['steps'] if 'source' in s] == ['BRANCH:source=net', 'BRANCH:source=cache']"
assert_log "[r['error']['type'] for r in by('external.call.end') if 'error' in r] == ['UNAVAILABLE'] * 2"
# The service's requests, too, are the routes that the scan finds.
assert_exit 0 "$PCARCH" scan -q -p build --root "$SOURCE_DIR/examples/polycall" --binary build/polycalld -o polycalld.json
routes="{r['route_id'] for r in json.load(open('polycalld.json'))['routes']}"
assert_log "len($routes) == 2 and {r['route_id'] for r in $served} == $routes"
