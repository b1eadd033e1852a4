# Traces bear the GUID of what the program says it executes, and the trace id: one story with the logs.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace diff guid log
need_command cmake ninja python3 pkg-config
pkg-config --exists libmicrohttpd librabbitmq || skip "libmicrohttpd-dev or librabbitmq-dev is not installed"
[ -f "$BUILD_DIR/CMakeCache.txt" ] || skip "there is no build in '$BUILD_DIR'"
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE PCARCH_GUID_KEY_FILE
cp -r "$SOURCE_DIR/examples/polycall" "$tmp/polycall" && rm -rf "$tmp/polycall/build" || exit 1
cd "$tmp/polycall" || exit 1

assert_exit 0 cmake --install "$BUILD_DIR" --prefix "$tmp/installed"
export CMAKE_PREFIX_PATH=$tmp/installed POLYCALL_HOME=$tmp/home/polycall POLYCALL_AMQP=amqp://guest:guest@127.0.0.1:1
assert_exit 0 "$PCARCH" build -q -- sh -c 'cmake -B build -G Ninja >/dev/null && ninja -C build >/dev/null'
assert_exit 0 "$PCARCH" scan -q --binary build/polycall --binary build/polycalld
mkdir log
export PCARCH_LOG=$PWD/log

"$PCARCH" trace -q --static static.json -o service.json -- build/polycalld 0 >service.log 2>&1 &
pids=($!)
wait_for 10 grep -q listening service.log
assert_exit 0 build/polycall config set service "$(sed -n 's/.*listening on //p' service.log)"
assert_exit 0 "$PCARCH" trace -q --static static.json -o command.json -- build/polycall telemetry status
kill "${pids[0]}"
wait "${pids[0]}"
pids=()

guid=$(python3 -c 'import json; print(json.load(open("command.json"))["traces"][0]["guid"])')
assert_exit 0 "$PCARCH" guid decode "$guid" --static static.json
assert_contains "$out" 'polycall telemetry status'
assert_exit 0 "$PCARCH" log query log --event command.start --where "correlationId=$guid"
assert_contains "$out" 'polycall telemetry status'
# The service went on with the trace of the command: its requests are traces of the same id, each with its own GUID.
python3 - <<'PYTHON' || fail 'the two recordings do not tell one story'
import json
command, service = json.load(open("command.json")), json.load(open("service.json"))
[sent] = command["traces"]
handled = [t for t in service["traces"] if t["guid"]]
assert handled and {t["trace_id"] for t in handled} == {sent["trace_id"]}, (sent["trace_id"], handled)
assert sent["guid"] not in {t["guid"] for t in handled}
assert all(not t["guid"] for t in service["traces"] if t["trace_id"] != sent["trace_id"])
PYTHON
assert_exit 0 "$PCARCH" diff static.json command.json service.json
assert_contains "$out" 'polycall → polycalld by http'
