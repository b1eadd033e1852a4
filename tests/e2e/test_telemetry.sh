# What programs tell by pcarch_trace.h: executions, ways, errors, calls, spans, children.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/telemetry/telemetry.sh"
cd "$tmp" || exit 1
build_vault

# A command: session, start, its own event, end; one chain of steps; the parts of the name.
assert_exit 0 ./vault cat x
verify
assert_log "[r['event'] for r in e] == ['log.segment', 'session.start', 'command.start', 'vault.get', 'command.end',
	'session.close', 'log.checkpoint'] and [r['seq'] for r in e] == list(range(1, 8))"
assert_log "by('command.end')[0]['steps'] == ['PROG:vault', 'CMD:get', 'BRANCH:source=net', 'OUTCOME:ok']"
assert_log "by('command.start')[0]['route'] == 'get' and by('command.start')[0]['command'] == 'vault get'"
assert_log "len({r['correlationId'] for r in e[2:5]}) == 1 and by('command.start')[0]['correlationId'] == by('command.start')[0]['guid']"
assert_log "len({r['guid'][:32] for r in e[2:5]}) == 1 and len({r['guid'] for r in e[2:5]}) == 3"
assert_log "all(r['key_id'] == 'unkeyed' and r['service'] == 'vault' for r in e)"
assert_log "by('vault.get')[0]['metadata'] == {'queue': 'reads', 'size': 12, 'cache': True, 'password': '[redacted]', 'note': '[redacted]'}"
assert_log "by('vault.get')[0]['redacted'] == ['password', 'note']"
assert_log "by('command.end')[0]['duration_ms'] >= 0 and 'duration_ms' not in by('command.start')[0]"
assert_equal "$(stat -c %a log/*.jsonl)" 600 'mode of the log'

# Another way is another path_id, and the same route_id.
fresh
./vault get cached && ./vault get
assert_log "len({r['route_id'] for r in by('command.end')}) == 1 and len({r['path_id'] for r in by('command.end')}) == 2"
fresh
PCARCH_LOG_LEVEL=debug assert_exit 0 ./vault get
assert_log "by('branch.taken')[0]['metadata'] == {'branch': 'source=net'} and by('redaction.applied')[0]['metadata']['count'] == 2"
fresh
PCARCH_LOG_LEVEL=error assert_exit 0 ./vault get
assert_equal "$(ls log)" '' 'a log without lines'
PCARCH_LOG_LEVEL=loud run ./vault get
assert_err "PCARCH_LOG_LEVEL has no level 'loud'"
env -u PCARCH_LOG ./vault get && PCARCH_LOG='' ./vault get || fail 'a program without a log fails'

# A key makes other GUIDs, and says which key it was.
printf '%064x\n' 5 >key
chmod 600 key
key=$tmp/key
fresh
PCARCH_GUID_KEY_FILE=$key assert_exit 0 ./vault key add
verify
assert_log "len(e[0]['key_id']) == 8 and all(r['key_id'] == e[0]['key_id'] for r in e)"
assert_log "by('command.end')[0]['route'] == 'key add'"
key=
chmod 644 "$tmp/key"
PCARCH_GUID_KEY_FILE=$tmp/key run ./vault get
assert_equal "$status" 0
assert_err 'GUIDs are unkeyed'
head -c 40 "$tmp/key" >short && chmod 600 short
printf '%064d\nmore\n' 5 >long && chmod 600 long
for bad in short long missing .; do
	fresh
	PCARCH_GUID_KEY_FILE=$tmp/$bad run ./vault get
	assert_equal "$status" 0 "a program with a key that is $bad"
	assert_err 'GUIDs are unkeyed'
	assert_lacks "$err" 00000000 'what is said of a key'
	verify
	assert_log "{r['key_id'] for r in e} == {'unkeyed'}"
done

# Errors: the type by a table, our own words, state, what was before, the stack, the outcome.
fresh
assert_exit 1 ./vault put name
verify
assert_log "by('command.error')[0]['error']['type'] == 'FORBIDDEN' and by('command.error')[0]['error']['code'] == 13"
assert_log "by('command.error')[0]['error']['layer'] == 'storage' and not by('command.error')[0]['error']['external']"
assert_log "by('command.error')[0]['state'] == {'count': 3, 'owner': '[redacted]'}"
assert_log "by('command.error')[0]['recent'][0]['event'] == 'command.start' and by('command.error')[0]['recent'][0]['seq'] == 3"
assert_log "by('command.end')[0]['steps'][-1] == 'OUTCOME:FORBIDDEN' and by('command.end')[0]['level'] == 'error' and not by('error.unreported')"
frame=$(python3 -c "
import json, glob, re
for line in open(glob.glob('log/*')[0]):
    row = json.loads(line)
    if row['event'] == 'command.error':
        print(re.fullmatch(r'vault\[[0-9a-f]{16}\]\+0x([0-9a-f]+)', row['error']['stack'][0]).group(1))")
assert_contains "$(addr2line -f -e vault "0x$frame" | head -n 1)" put 'the innermost frame'

# In the source, with the program that has the build id, and no other.
guid=$(python3 -c "import json, glob; print(next(r['guid'] for r in map(json.loads, open(glob.glob('log/*')[0])) if r['event'] == 'command.error'))")
if [ -z "$sanitizers" ]; then
	line=$(grep -n 'pcarch_error(&failure)' "$telemetry/vault.c" | head -n 1 | cut -d: -f1)
	assert_exit 0 "$PCARCH" log query --pretty --event command.error --binary vault log
	assert_out "put at $telemetry/vault.c:$line  vault["
	assert_out "main at $telemetry/vault.c:"
	assert_exit 0 "$PCARCH" explain-guid --binary . "$guid" log
	assert_out "in the code at put at $telemetry/vault.c:$line, vault["
	objcopy --strip-debug vault stripped
	assert_exit 0 "$PCARCH" explain-guid --binary stripped "$guid" log
	assert_out 'in the code at put, vault['
fi
mkdir other && cp /bin/true other/vault
for binary in /bin/true other log; do
	assert_exit 0 "$PCARCH" explain-guid --binary $binary "$guid" log
	assert_out 'in the code at vault['
done
rm -r other
assert_exit 2 "$PCARCH" explain-guid --binary missing "$guid" log
assert_err "cannot open 'missing'"
assert_exit 2 "$PCARCH" log verify --binary vault log
assert_err "no use for '--binary'"

# A handler that fails without a word; one that no table has; one that exits.
fresh
assert_exit 1 ./vault quiet
assert_log "by('error.unreported')[0]['error'] | {'stack': 0} == {'type': 'FAILED', 'layer': 'cli', 'code': 1,
	'message': 'it ended with a failure', 'external': False, 'retryable': False, 'stack': 0}"
fresh
assert_exit 127 ./vault hunter2
verify
assert_log "by('command.error')[0]['error']['type'] == 'USAGE' and by('command.end')[0]['steps'][1:] == ['UNRESOLVED:unresolved', 'OUTCOME:USAGE']"
assert_log "'hunter2' not in json.dumps(e)"
fresh
assert_exit 3 ./vault leave 3
verify
assert_log "by('error.unreported')[0]['error']['code'] == 3 and by('command.end')[0]['metadata'] == {'exit_code': 3} and e[-1]['log']['last']"

# Calls of others: before and after, without what is private in the address; one that never comes back.
fresh
assert_exit 1 ./vault call 401
verify
assert_log "by('external.call.start')[0]['metadata'] == {'source': 'polycalld', 'operation': 'GET', 'endpoint': 'http://127.0.0.1:80/users/*'}"
assert_log "by('external.call.end')[0]['error']['type'] == 'AUTH_FAILED' and by('external.call.end')[0]['error']['external']"
assert_log "by('external.call.end')[0]['span_id'] == by('external.call.start')[0]['span_id'] != by('command.start')[0]['span_id']"
assert_log "by('external.call.end')[0]['parent_span_id'] == by('command.start')[0]['span_id'] and by('external.call.end')[0]['duration_ms'] >= 0"
sent=$(sed -n 's/^x-correlation-id: //p' <<<"$out")
assert_log "by('external.call.end')[0]['correlationId'] == '$sent' == by('command.start')[0]['guid']"
fresh
PCARCH_LOG_LEVEL=fatal run ./vault call 200 never
assert_equal "$status" 137
assert_log "e[-1]['event'] == 'external.call.start'"
fresh
assert_exit 0 ./vault call 200 another-id
assert_log "len(by('correlation.mismatch')) == 1 and not by('response.stale')"
fresh
assert_exit 0 ./vault call 200 '' http://h/ old
assert_log "len(by('response.stale')) == 1"

# What is sent: W3C, unless the environment says otherwise.
span="[r for r in e if r['event'] == 'external.call.start'][0]['span_id']"
for formats in b3 w3c,b3 b3multi; do
	fresh
	PCARCH_PROPAGATE=$formats assert_exit 0 ./vault call 200
	trace=$(sed -n 's/^\(b3\|x-b3-traceid\): \([0-9a-f]\{32\}\).*/\2/p' <<<"$out")
	assert_log "by('command.start')[0]['trace_id'] == '$trace'"
	sent=$(sed -n 's/^b3: [0-9a-f]*-\([0-9a-f]*\)-1$/\1/p; s/^x-b3-spanid: //p' <<<"$out")
	assert_log "$span == '$sent'"
	assert_equal "$(grep -c '^traceparent: ' <<<"$out")" "$(grep -c w3c <<<"$formats")" "traceparent with $formats"
	assert_lacks "$out" x-b3-parentspanid 'the headers'
done
PCARCH_PROPAGATE=b3,jaeger run ./vault call 200
assert_err "PCARCH_PROPAGATE has no format 'jaeger'"
assert_out 'b3: '

# Slow operations, by their own limit and by the one of all.
fresh
PCARCH_LOG_LEVEL=trace assert_exit 0 ./vault slow
assert_log "by('operation.slow')[0]['metadata']['threshold_ms'] == 10 and by('operation.slow')[0]['metadata']['span'] == 'wait'"
assert_log "by('operation.slow')[0]['duration_ms'] >= 20 and by('span.end')[0]['metadata']['function'] == 'slow'"
assert_log "by('span.end')[0]['metadata']['file'] == 'vault.c' and len(by('operation.slow')) == 1"
fresh
PCARCH_SLOW_MS=15 assert_exit 0 ./vault bridge 20
assert_log "[r['metadata']['threshold_ms'] for r in by('operation.slow')] == [15]"

# Another language's function: fails; takes too long, which is told while it does.
fresh
assert_exit 7 ./vault bridge 7
assert_log "by('ffi.error')[0]['metadata'] == {'bridge': 'python', 'code': 7} and by('ffi.error')[0]['channel'] == 'ffi'"
fresh
assert_exit 0 ./vault bridge 60 10
verify
assert_log "by('ffi.error')[0]['error']['type'] == 'TIMEOUT' and by('ffi.error')[0]['metadata']['deadline_ms'] == 10 and len(by('ffi.error')) == 1"

# A context that comes in: goes on, is linked, is cut off, is wrong.
parent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
fresh
assert_exit 0 ./vault serve $parent my-id.1
assert_log "[(r['trace_id'], r['parent_span_id']) for r in by('command.start') if r['channel'] == 'http'] ==
	[('4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7')]"
assert_log "[r['correlationId'] for r in by('command.end') if r['channel'] == 'http'] == ['my-id.1']"
for policy in 1 2; do
	fresh
	assert_exit 0 ./vault serve $parent '' $policy
	assert_log "[r for r in by('command.start') if r['channel'] == 'http'][0]['trace_id'] != '4bf92f3577b34da6a3ce929d0e0e4736'"
	assert_log "(('message' in [l['relation'] for r in by('command.start') for l in r['links']])) == ($policy == 1)"
done
fresh
assert_exit 0 ./vault serve "${parent}x" 'bad id'
assert_log "{r['metadata']['reason'] for r in by('trace.context.invalid')} == {'traceparent', 'x-correlation-id'}"
fresh
PCARCH_LOG_LEVEL=debug assert_exit 0 ./vault serve
assert_log "len(by('trace.context.missing')) == 1"

# The environment: into the process, and on to its children, in a copy.
fresh
TRACEPARENT=$parent assert_exit 0 ./vault exec ./vault get
assert_log "{r['trace_id'] for r in e} == {'4bf92f3577b34da6a3ce929d0e0e4736'} and len({r['instanceId'] for r in e}) == 2"
assert_log "len({r['parent_span_id'] for r in by('command.start')}) == 2"
BAGGAGE=a=b TRACEPARENT=$parent assert_exit 0 ./vault exec /usr/bin/env
assert_out 'TRACEPARENT=00-4bf92f3577b34da6a3ce929d0e0e4736-'
assert_out 'BAGGAGE=a=b'
assert_lacks "$out" "$parent" 'the environment of the child'

# Children have files of their own, and a step that tells them apart.
fresh
assert_exit 0 ./vault fork 2
verify
assert_log "len(paths) == 3 and sorted([s for s in r['steps'] if 'FORK' in s] for r in by('command.end')) == [[], ['FORK:1'], ['FORK:2']]"
assert_log "sorted(l['relation'] for r in by('session.start') for l in r.get('links', [])) == ['fork', 'fork']"
assert_log "len({r['guid'][:32] for r in by('command.end')}) == 1 and len({r['guid'] for r in by('command.end')}) == 3"
assert_log "all([r['seq'] for r in e if r['instanceId'] == i] == list(range(1, 1 + len([r for r in e if r['instanceId'] == i]))) for i in {r['instanceId'] for r in e})"

# A login: a new execution of the same way, linked to the old one; the same user, the same reference.
fresh
assert_exit 0 ./vault login alice
assert_exit 0 ./vault login alice
assert_exit 0 ./vault login bob
verify
assert_log "len({r['user_ref'] for r in by('command.start') if 'user_ref' in r}) == 2 and 'alice' not in json.dumps(e)"
assert_log "[l['relation'] for l in by('command.start')[1]['links']] == ['login', 'session']"
assert_log "by('command.start')[1]['links'][0]['guid'][:32] == by('command.start')[0]['guid'][:32] != by('command.start')[1]['guid'][:32]"

# Lines of a prompt: an execution each, with the session's id.
fresh
printf 'get\nkey list\nnonsense\n' >lines
assert_exit 0 ./vault repl <lines
verify
assert_out_is '0
0
127'
assert_log "[r.get('route') for r in by('command.end')] == ['get', 'key list', None, 'repl'] and len({r['instanceId'] for r in e}) == 1"
assert_log "len({r['guid'][:32] for r in by('command.end')}) == 4 and all(r['channel'] == 'repl' for r in by('command.end')[:3])"

# Threads, each with its own execution; no line is lost or torn.
fresh
assert_exit 0 ./vault threads
verify
assert_log "len(by('vault.work')) == 800 and len({r['guid'][:32] for r in by('vault.work')}) == 4"

# Listeners are told, redacted, also below the level of the log; their own events are not.
fresh
assert_exit 0 ./vault listen
assert_out 'vault.heard {"level":"debug"'
assert_lacks "$out" vault.unheard 'what was heard'
assert_lacks "$out" vault.echo 'what was heard'
assert_out 'dropped 1'
assert_log "by('telemetry.lost')[0]['dropped'] == {'reentered': 1}"

# A value that is left out of the line and of what a listener hears is left out once.
fresh
PCARCH_LOG_LEVEL=debug assert_exit 0 ./vault listen
assert_lacks "$out" swordfish 'what was heard'
assert_log "by('redaction.applied')[0]['metadata']['count'] == 1"
