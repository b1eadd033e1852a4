# pcarch guid verify and lookup: recorded steps are recomputed; where an execution occurs.
. "$(dirname "$0")/lib.sh"
need_pcarch guid
cd "$tmp" || exit 1
(umask 077 && echo 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f >key)
export PCARCH_GUID_KEY_FILE=$tmp/key
cat "$SOURCE_DIR"/tests/telemetry/example/*.jsonl >log.jsonl
nonce=01969bec0b2070a1a2a3a4a5a6a7a8a9
routed=${nonce}a4c79db8f91e62ba598451687b169a63

# What a program recorded, as another implementation wrote it, is right.
count=$(grep -c '"steps":' log.jsonl)
assert_exit 0 "$PCARCH" guid verify log.jsonl
assert_out_is "$count of $count recorded steps give their GUID"
assert_exit 0 "$PCARCH" guid verify --format json - <log.jsonl
[ "$(grep -c '"verdict": "good"' "$tmp/.out")" = "$count" ] || fail 'not all are good'

# wrong SED MESSAGE: so edited, one line is found.
wrong() {
	sed "$1" log.jsonl >edited.jsonl
	cmp -s log.jsonl edited.jsonl && fail "'$1' changed nothing"
	assert_exit 1 "$PCARCH" guid verify edited.jsonl
	assert_out "edited.jsonl:3: $2"
}
wrong '3s/CMD:status/CMD:start/' "mismatch: $routed: the steps give another GUID"
wrong '3s/"PROG:polycall",//' 'mismatch'
wrong '3s/"CMD:telemetry","CMD:status"/"CMD:status","CMD:telemetry"/' 'mismatch'
wrong '3s/CMD:status/BRANCH:sta=tus/' 'mismatch'
wrong '3s/a63","trace_id/a64","trace_id/' 'mismatch'
wrong '3s/1b8da86b/1b8da86c/' "mismatch: $routed: the steps give another route_id or path_id"
wrong '3s/CMD:status/COMMAND:status/' 'malformed'
wrong '3s/CMD:status/status/' 'malformed'
wrong '3s/"key_id":"3b6d804e"/"key_id":"unkeyed"/' 'mismatch'

# Incomplete is not right: a key that is not here, lines that are no events, no steps at all.
PCARCH_GUID_KEY_FILE='' assert_exit 3 "$PCARCH" guid verify log.jsonl
assert_out 'was made with a key that is not here'
{ cat log.jsonl; echo 'no event'; echo '{"level":"info"}'; } >mixed.jsonl
assert_exit 3 "$PCARCH" guid verify mixed.jsonl
assert_err 'this line is no event'
assert_err '2 lines are no events'
grep -v '"steps":' log.jsonl >without.jsonl
assert_exit 3 "$PCARCH" guid verify without.jsonl
assert_err 'no event has steps'

# Steps by hand.
assert_exit 0 "$PCARCH" guid verify $routed PROG:polycall CMD:telemetry CMD:status
assert_out_is "good: $routed"
assert_exit 1 "$PCARCH" guid verify $routed PROG:polycall CMD:telemetry
assert_exit 0 "$PCARCH" guid verify ${nonce}c277327bc99186250caf8bf2978b12ea --user posix:alice \
	PROG:polycall CMD:telemetry CMD:status
assert_exit 1 "$PCARCH" guid verify ${nonce}c277327bc99186250caf8bf2978b12ea PROG:polycall CMD:telemetry CMD:status

# Recorded steps compare without a static.json; a nonce means the end of its execution.
assert_exit 1 "$PCARCH" guid compare --log log.jsonl $routed $nonce
assert_out 'step 4 is the first that differs'
assert_out 'OUTCOME:AUTH_FAILED'
sed 's/CMD:status/CMD:start/' log.jsonl >edited.jsonl
assert_exit 3 "$PCARCH" guid compare --log edited.jsonl $routed $nonce
assert_err "the steps recorded for '$routed' do not give it"

# Where it occurs.
cp "$SOURCE_DIR/schemas/examples/dynamic.json" .
printf 'GET /status for %s\nother\n' 01969bec-0b20-70a1-a2a3-a4a5a6a7a8a9 >access.log
assert_exit 0 "$PCARCH" guid lookup $nonce log.jsonl access.log dynamic.json
assert_out 'log.jsonl:3: execution: 2025-05-04T15:31:00.000002000Z command.start'
assert_out 'access.log:1: execution: GET /status'
assert_out "dynamic.json: execution: guid=$nonce"
[ "$(grep -c access.log "$tmp/.out")" = 1 ] || fail 'a line that does not hold it'
assert_exit 0 "$PCARCH" guid lookup --format json $routed log.jsonl
grep -c '"match": "guid"' "$tmp/.out" >/dev/null || fail 'the GUID itself is not told apart'
assert_exit 0 "$PCARCH" guid lookup 01969bec-0b20-70a1-a2a3-a4a5a6a7a8a9 access.log
printf 'x %s \033[31m\001\n' $nonce >hostile.log
assert_exit 0 "$PCARCH" guid lookup $nonce hostile.log
assert_out '\x1B[31m\x01'
assert_exit 1 "$PCARCH" guid lookup ${nonce/1/2} log.jsonl
assert_err 'occurs in none of the files'

refused() {
	assert_exit 2 "$PCARCH" guid "${@:2}"
	assert_err "$1"
}
refused "'verify' takes logs, or a GUID and its steps" verify
refused "'status' is no step; one is KIND:LABEL" verify $routed PROG:polycall status
refused "'BRANCH:x' is no step" verify $routed BRANCH:x
refused "cannot open 'missing'" verify missing
refused "no log is named" lookup $nonce
refused "'lookup' takes a GUID" lookup
# A directory of logs, and the one that PCARCH_LOG names.
mkdir logs && cp log.jsonl logs
assert_exit 0 "$PCARCH" guid lookup $nonce logs dynamic.json
assert_out 'logs/log.jsonl:3: '
assert_exit 0 env PCARCH_LOG=logs "$PCARCH" guid lookup $nonce
assert_out 'logs/log.jsonl:3: '
refused "'xyz' is no GUID" lookup xyz log.jsonl
refused "is no GUID" lookup "${nonce}0" log.jsonl
refused "cannot open 'missing'" lookup $nonce missing
refused "option '--static' means nothing to 'verify'" verify log.jsonl --static x
