# The bundled example builds, and its command line and HTTP service work without a broker.
. "$(dirname "$0")/lib.sh"
need_command cmake ninja curl pkg-config python3
pkg-config --exists libmicrohttpd librabbitmq || skip "libmicrohttpd-dev or librabbitmq-dev is not installed"

assert_exit 0 cmake -S "$SOURCE_DIR/examples/polycall" -B "$tmp/build" -G Ninja -DCMAKE_C_FLAGS=-Werror
assert_exit 0 ninja -C "$tmp/build"
assert_file "$tmp/build/compile_commands.json"

# What its README says is hidden, is found. site FILE:LINE STATE TARGET...: all of the targets, and no others.
need_pcarch scan show
site() {
	assert_exit 0 "$PCARCH" show -f "$graph" --format json site "$1"
	python3 -c '
import json, sys
site = [row for row in map(json.loads, sys.stdin) if row["kind"] == "indirect"][0]
print(site["state"], *sorted({target["function"] for target in site["targets"]}))' <<<"$out" >"$tmp/site"
	assert_equal "$(cat "$tmp/site")" "$(echo "${@:2}")" "$1"
}
# line FILE TEXT: FILE:LINE of the line with the text.
line() { echo "$1:$(grep -nF "$2" "$SOURCE_DIR/examples/polycall/$1" | head -n 1 | cut -d: -f1)"; }
command=$(line cli/command.c 'command->run(argc')
processor=$(line workers/process.c 'processor->run(')
graph=$tmp/all.json
assert_exit 0 "$PCARCH" scan -q -p "$tmp/build" --root "$SOURCE_DIR/examples/polycall" -o "$graph"
site "$command" closed command_help config_get config_set queue_publish_job telemetry_start telemetry_status telemetry_stop
site "$(line cli/telemetry.c 'sources[i].read(')" closed read_cache read_net
site "$(line core/settings.c 'rule->is_valid(')" closed is_address is_format is_switch
site "$(line core/settings.c '!visit(')" open keep_setting match_setting print_setting
site "$(line service/routes.c '].handle(')" closed get_status post_job
site "$(line amqp/broker.c 'take(context, ')" open take_job take_result
site "$processor" open count_words reverse rot13 to_upper
site "$(line workers/store.c 'write(stream')" closed write_json write_text
assert_exit 0 "$PCARCH" show -f "$graph" path cli/main:main http_request
for callback in compare_lines on_request on_completed workers/worker:on_signal service/main:on_signal; do
	assert_exit 0 "$PCARCH" show -f "$graph" callers "$callback"
	assert_out 'model 0.90 through'
done

# One program: what it exports is known, its plug-in is not.
graph=$tmp/process.json
assert_exit 0 "$PCARCH" scan -q -p "$tmp/build" --root "$SOURCE_DIR/examples/polycall" -o "$graph" --binary "$tmp/build/polycall-process"
site "$(line amqp/broker.c 'take(context, ')" closed take_job
site "$processor" open count_words reverse to_upper

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
