# One story through a real broker: polycall → HTTP → AMQP → AMQP, in the headers of messages whose own ids stay as they are.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/telemetry/telemetry.sh"
need_pcarch build scan trace diff log timeline
need_command cmake ninja pkg-config epmd erl
pkg-config --exists libmicrohttpd librabbitmq || skip "libmicrohttpd-dev or librabbitmq-dev is not installed"
[ -f "$BUILD_DIR/CMakeCache.txt" ] || skip "there is no build in '$BUILD_DIR'"
server=/usr/lib/rabbitmq/bin/rabbitmq-server # Debian's program of that name is for root alone
[ -x $server ] || server=$(command -v rabbitmq-server) || skip 'rabbitmq-server is not installed'
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
cd "$tmp" || exit 1

# A node of its own, with its own port mapper; both are this shell's children and end with it.
read -r mapper port between < <(python3 -c '
import socket
sockets = [socket.socket() for _ in range(3)]
for s in sockets:
    s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))')
export ERL_EPMD_PORT=$mapper ERL_EPMD_ADDRESS=127.0.0.1
epmd >/dev/null 2>&1 &
pids+=($!)
wait_for 10 epmd -names # or the node would begin one that outlives it
mkdir node
env RUNNING_UNDER_SYSTEMD=true NOTIFY_SOCKET= HOME="$tmp/node" RABBITMQ_NODENAME="pcarch$$@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 \
	RABBITMQ_NODE_PORT="$port" RABBITMQ_DIST_PORT="$between" RABBITMQ_MNESIA_BASE="$tmp/node/db" RABBITMQ_LOG_BASE="$tmp/node/log" \
	RABBITMQ_PID_FILE="$tmp/node/pid" RABBITMQ_ENABLED_PLUGINS_FILE="$tmp/node/plugins" RABBITMQ_CONFIG_FILE="$tmp/node/none" \
	RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+S 1:1 +sbwt none' $server >node/out 2>&1 </dev/null &
broker=$!
pids=("$broker" "${pids[@]}")
started() { grep -q 'completed with' node/out || ! kill -0 "$broker"; }
wait_for 120 started
kill -0 "$broker" 2>/dev/null || skip "a RabbitMQ of one's own does not start here: $(tail -n 3 node/out)"

cp -r "$SOURCE_DIR/examples/polycall" polycall && rm -rf polycall/build || exit 1
assert_exit 0 cmake --install "$BUILD_DIR" --prefix "$tmp/installed"
gcc -std=gnu11 -Wall -Wextra -Werror -g -Iinstalled/include "$telemetry/mail.c" -o mail -Linstalled/lib -lpcarch-telemetry \
	-Wl,-rpath,"$tmp/installed/lib" -lrabbitmq || fail 'mail.c does not compile'
cd polycall || exit 1
export CMAKE_PREFIX_PATH=$tmp/installed POLYCALL_HOME=$tmp/home/polycall POLYCALL_AMQP=amqp://guest:guest@127.0.0.1:$port
assert_exit 0 "$PCARCH" build -q -- sh -c 'cmake -B build -G Ninja >/dev/null && ninja -C build >/dev/null'
assert_exit 0 "$PCARCH" scan -q --binary build/polycall --binary build/polycalld --binary build/polycall-process --binary build/polycall-store

# begin NAME COMMAND...: in the background, with what it says in NAME.out.
begin() {
	"${@:2}" >"$1.out" 2>&1 &
	pids=($! "${pids[@]}")
}
traced() { begin "$1" "$PCARCH" trace -q --static static.json -o "$1.json" -- "build/$1" "${@:2}"; }
# end: the one that began last.
end() {
	kill "${pids[0]}"
	wait "${pids[0]}"
	assert_equal $? 0 'the exit status of a program that was told to stop'
	pids=("${pids[@]:1}")
}

# What a program says of its messages stays, beside what is told of the story.
mail() { "$tmp/mail" "$POLYCALL_AMQP" "$@"; }
assert_exit 0 mail send polycall.jobs
assert_exit 0 env PCARCH_LOG= "$tmp/mail" "$POLYCALL_AMQP" show polycall.jobs
assert_out 'correlation_id: order-4711
reply_to: answers
message_id: message-1
x-tenant S north
traceparent S 00-'
sent=$(sed -n 's/^traceparent S 00-\([0-9a-f]*\)-.*/\1/p' <<<"$out")
assert_log "by('command.start')[0]['trace_id'] == '$sent' == by('command.start')[0]['correlationId'][:32]"
assert_contains "$out" "x-correlation-id S $sent"
begin process build/polycall-process
wait_for 20 mail show polycall.results
assert_exit 0 mail show polycall.results
assert_out "traceparent S 00-$sent-"
assert_out 'body: upper HELLO'
assert_lacks "$out" order-4711 'a message of another program'
assert_lacks "$out" reply_to 'a message of another program'
end
begin store build/polycall-store
wait_for 20 grep -q HELLO "$POLYCALL_HOME/results"
end

# From the command line to the file: one trace, each message with its sender as parent and as a link.
export PCARCH_LOG=$tmp/story
mkdir "$PCARCH_LOG"
traced polycall-store
traced polycall-process
traced polycalld 0
wait_for 20 grep -q listening polycalld.out
assert_exit 0 env PCARCH_LOG= build/polycall config set service "$(sed -n 's/.*listening on //p' polycalld.out)"
assert_exit 0 "$PCARCH" trace -q --static static.json -o polycall.json -- build/polycall queue publish words 'one two three'
wait_for 20 grep -q 'words 3' "$POLYCALL_HOME/results"
end && end && end
verify
assert_log "sorted((r['service'], r['route'], r['channel']) for r in by('command.end')) == [
	('polycall', 'queue publish', 'cli'), ('polycall-process', 'polycall.jobs', 'amqp'), ('polycall-store', 'polycall.results', 'amqp'),
	('polycalld', 'POST /jobs', 'http')]"
assert_log "len({r['trace_id'] for r in by('command.end')}) == 1 and len({r['guid'][:32] for r in by('command.end')}) == 4"
assert_log "all(r['correlationId'] == by('command.end')[0]['correlationId'] for r in by('command.end'))"
from="lambda service: [r for r in by('external.call.start') if r['service'] == service][0]['span_id']"
to="lambda service: [r for r in by('command.start') if r['service'] == service][0]"
for hop in polycall:polycalld polycalld:polycall-process polycall-process:polycall-store; do
	assert_log "($to)('${hop#*:}')['parent_span_id'] == ($from)('${hop%:*}')"
	assert_log "[l['span_id'] for l in ($to)('${hop#*:}')['links'] if l['relation'] == 'message'] == [($from)('${hop%:*}')]"
done
assert_log "[r['metadata'] for r in by('message.receive') if r['service'] == 'polycall-store'] == [{'queue': 'polycall.results', 'redelivered': False}]"

# The same from outside: one story, and who hands on to whom.
guid=$(python3 -c 'import json; print(next(t["guid"] for t in json.load(open("polycall.json"))["traces"] if t["guid"]))')
assert_exit 0 "$PCARCH" timeline --guid "$guid" --format json "$PCARCH_LOG"
assert_equal "$(python3 -c 'import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
print(*(word for r in rows if r["event"] == "command.start" for word in (r["depth"], r["service"])))' "$tmp/.out")" \
	'0 polycall 1 polycalld 2 polycall-process 3 polycall-store' 'the order of the story'
assert_lacks "$(cat "$tmp/.out")" orphan 'the story'
# Spans of the recordings are rows of the same story, by the trace id that the programs told.
assert_exit 0 "$PCARCH" timeline --guid "$guid" --format json "$PCARCH_LOG" polycall.json polycalld.json polycall-process.json polycall-store.json
assert_equal "$(python3 -c 'import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
print(*sorted({r["service"] for r in rows if r["row"] == "span"}))' "$tmp/.out")" 'polycall polycall-process polycall-store polycalld'
assert_exit 0 "$PCARCH" guid lookup "$guid" "$PCARCH_LOG" polycall.json polycalld.json
assert_out 'polycall.json: guid: '
assert_exit 0 "$PCARCH" explain-guid --static static.json "$guid" "$PCARCH_LOG" polycall.json polycalld.json
assert_out 'queue_publish_job'
assert_exit 0 "$PCARCH" diff static.json polycall.json polycalld.json polycall-process.json polycall-store.json
assert_equal "$(grep '→' <<<"$out")" 'polycall → polycalld by http (/jobs), 1 time
polycall-process → polycall-store by amqp (amqp_0), 1 time
polycalld → polycall-process by amqp (amqp_0), 1 time'
