# The bundled example builds, and its command line and HTTP service work without a broker.
. "$(dirname "$0")/lib.sh"
need_command cmake ninja curl pkg-config
pkg-config --exists libmicrohttpd librabbitmq || skip "libmicrohttpd-dev or librabbitmq-dev is not installed"

assert_exit 0 cmake -S "$SOURCE_DIR/examples/polycall" -B "$tmp/build" -G Ninja -DCMAKE_C_FLAGS=-Werror
assert_exit 0 ninja -C "$tmp/build"
assert_file "$tmp/build/compile_commands.json"
export POLYCALL_HOME=$tmp/polycall POLYCALL_AMQP=amqp://guest:guest@127.0.0.1:1
polycall=$tmp/build/polycall

assert_exit 0 "$polycall" help
assert_out "telemetry status"
assert_out "queue publish KIND TEXT"
assert_equal "$out" "$(sort <<<"$out")" "the order of help"
assert_exit 2 "$polycall" telemetry sing
assert_err "no command 'sing'"
assert_exit 2 "$polycall" telemetry

assert_exit 0 "$polycall" telemetry start
assert_exit 0 "$polycall" config get telemetry
assert_out_is on
assert_exit 1 "$polycall" config set format yaml
assert_err "expected 'text' or 'json'"
assert_exit 0 "$polycall" config set format json
assert_exit 0 "$polycall" config get
assert_out_is "format=json
telemetry=on"

# No service yet, and no answer of an earlier one.
assert_exit 0 "$polycall" config set service 127.0.0.1:1
assert_exit 1 "$polycall" telemetry status
assert_err "start polycalld"

"$tmp/build/polycalld" 0 >"$tmp/service.log" 2>&1 &
pids+=($!)
wait_for 10 grep -q listening "$tmp/service.log"
address=$(sed -n 's/.*listening on //p' "$tmp/service.log")
assert_exit 0 "$polycall" config set service "$address"

assert_exit 0 curl -sf --max-time 5 "http://$address/status"
assert_out "broker: not used"
assert_exit 0 curl -s --max-time 10 -o "$tmp/body" -w '%{http_code}' -d 'upper hello' "http://$address/jobs"
assert_out_is 503
assert_contains "$(cat "$tmp/body")" "no broker at 127.0.0.1:1" "the answer"
assert_exit 0 curl -s --max-time 5 -o "$tmp/body" -w '%{http_code}' -d 'nospace' "http://$address/jobs"
assert_out_is 400
assert_exit 0 curl -s --max-time 5 -o "$tmp/body" -w '%{http_code}' "http://$address/jobs"
assert_out_is 405
head -c 5000 /dev/zero | tr '\0' 'a' >"$tmp/long"
assert_exit 0 curl -s --max-time 5 -o "$tmp/body" -w '%{http_code}' --data-binary "@$tmp/long" "http://$address/jobs"
assert_out_is 400

assert_exit 0 "$polycall" telemetry status
assert_out "source: net"
assert_exit 1 "$polycall" queue publish upper hello
assert_err "no broker"

# Once the service is gone its last answer is shown.
kill "${pids[0]}" && wait "${pids[0]}"
assert_equal $? 0 "the service's exit status after SIGTERM"
pids=()
assert_exit 0 "$polycall" telemetry status
assert_out "source: cache"
