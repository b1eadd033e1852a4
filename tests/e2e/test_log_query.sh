# pcarch log query, join and grep: events of logs by what they say.
. "$(dirname "$0")/lib.sh"
need_pcarch log
need_command python3
cd "$tmp" || exit 1
export PYTHONDONTWRITEBYTECODE=1
python3 "$SOURCE_DIR/tests/telemetry/story_log.py" logs || fail 'no log'
command=01969bec0b2070418243444546474849

# count N ARGUMENT...: so many events, as JSON and as text.
count() {
	local expected=$1
	shift
	assert_exit 0 "$PCARCH" log query --format json "$@"
	assert_equal "$(grep -c '^{"level"' "$tmp/.out")" "$expected" "events of '$*'"
	assert_err_is ''
	assert_exit 0 "$PCARCH" log query "$@"
	assert_equal "$(grep -c '^2025' "$tmp/.out")" "$expected" "rows of '$*'"
}

# Filters.
count 21 logs
count 21 logs/*
count 5 --guid $command logs
count 5 --guid 01969BEC-0B20-7041-8243-444546474849 logs
count 5 --guid 01969bec0b207041 logs
count 0 --guid 01969bec0b2070419999 logs
count 9 --trace $command logs
count 4 --level error logs
count 0 --level fatal logs
count 1 --error DISK_FULL logs
count 0 --error DISK logs
count 1 --where error.code=503 logs
count 1 --where error.message~space logs
count 17 --where service!=worker logs
count 20 --where error.code!=28 logs
count 1 --where metadata.endpoint=/count --where level=info logs
count 7 --event 'command.*' logs
count 3 --event command.end logs
count 0 --event command logs
count 4 --service worker logs
count 7 --command telemetry logs
count 7 --command polycall logs
count 5 --command 'polycall telemetry send' logs
count 0 --command tele logs
count 4 --since 2025-05-04T15:31:10Z logs
count 10 --until 2025-05-04T15:31:05Z logs
count 0 --since 1d logs
count 21 --until 1s logs
PCARCH_LOG=$tmp/logs count 4 --service worker
assert_exit 0 "$PCARCH" log query --level error - <logs/polycalld-01969bec0b207021a223242526272829-000001.jsonl
assert_out '2025-05-04T15:31:04.000Z  error  polycalld  command.error  polycalld publish  DISK_FULL from polycalld (28): there is no space left'
assert_exit 0 "$PCARCH" log query -n 2 logs
assert_err '... and 19 more; --limit=0 prints all'

# JSON is the line as it stands; pretty is all of it.
"$PCARCH" log query --format json logs >all
cat logs/* | cmp -s - all || fail 'the lines are not as they stand'
assert_exit 0 "$PCARCH" log --pretty logs
assert_out '2025-05-04T15:31:07.000000Z  error  external.call.end  polycall telemetry send  1000.000 ms'
assert_out '    error.type      UNAVAILABLE'
assert_out '    recent[0].event cache.miss'
assert_out '    steps[2]        CMD:send'
assert_exit 0 "$PCARCH" log query --pretty --error DISK_FULL logs
assert_out '    error.cause     NO_SPACE'
assert_lacks "$out" UNAVAILABLE

# Groups.
assert_exit 0 "$PCARCH" log query --group error.code logs
assert_out '19  2 errors  2025-05-04T15:31:00.000Z  2025-05-04T15:32:00.000Z  (none)'
assert_out '1   1 errors  2025-05-04T15:31:04.000Z  2025-05-04T15:31:04.000Z  28'
assert_exit 0 "$PCARCH" log query --group guid --format json --event 'command.*' logs
assert_out '{"row": "group", "value": "01969bec0b207061a263646566676869", "count": 3, "errors": 2,'

# Stories.
assert_exit 0 "$PCARCH" log join --guid 01969bec0b207041 --format json logs
assert_equal "$(grep -c '^{"level"' "$tmp/.out")" 10
assert_contains "$(tail -n 1 "$tmp/.out")" '"service":"worker"'
assert_exit 0 "$PCARCH" log join --guid 01969bec0b207071 logs/worker-* logs/polycall-*
assert_out logs/polycall-
assert_equal "$(grep -c '^2025' "$tmp/.out")" 6
assert_exit 0 "$PCARCH" log join --guid 01969bec0b2070519253545556575859 logs
assert_equal "$(grep -c '^2025' "$tmp/.out")" 2 'a session is no story'

# Any text.
printf 'GET / 01969BEC-0B20-7041-8243-444546474849\nno\n\0%s\1\n' "x$command" >access.log
printf 'traceparent: 00-%s-00000000000000aa-01' "$command" >other.log
assert_exit 0 "$PCARCH" log grep "$command" access.log other.log
assert_out 'other.log:1: traceparent: 00-'
assert_out "access.log:3: \\x00x$command\\x01"
assert_equal "$(wc -l <"$tmp/.out")" 2
assert_exit 0 "$PCARCH" log grep 01969bec-0b20-7041-8243-4445-46474849 access.log
assert_exit 0 "$PCARCH" log grep "${command}a4c79db8f91e62ba598451687b169a63" --format json other.log
assert_out '{"row": "line", "file": "other.log", "line": 1, "text": "traceparent'
assert_exit 1 "$PCARCH" log grep 01969bec0b2070aa access.log
assert_out_is ''

# Lines that are no events are passed over, and told.
{
	cat logs/worker-*
	printf '{"level":"info"}\n\n%s\n\0\n' "$(printf '[%.0s' {1..5000})"
	printf '\377\376\n{"level":"info","level":"info"}\n'
	head -c 3000000 /dev/zero | tr '\0' x
	printf '\n{"cut'
} >hostile.jsonl
assert_exit 0 "$PCARCH" log query hostile.jsonl
assert_equal "$(grep -c '^2025' "$tmp/.out")" 4
assert_err "warning: 8 lines were passed over, the first is hostile.jsonl:5: this line is no event: 'timestamp' is missing"
assert_exit 0 "$PCARCH" timeline hostile.jsonl
assert_err 'warning: 8 lines were passed over'
assert_exit 0 "$PCARCH" report --errors hostile.jsonl
assert_err 'warning: 8 lines were passed over'
: >empty.jsonl
assert_exit 0 "$PCARCH" log query empty.jsonl
assert_out_is ''

# refused MESSAGE ARGUMENT...
refused() {
	assert_exit 2 "$PCARCH" log "${@:2}"
	assert_out_is ''
	assert_err "$1"
}
refused "ask something, like 'pcarch log query LOG'"
refused "unknown question 'qeury'; did you mean 'query'?" qeury
refused "'xyz' is no id: give 8 to 64 hex digits" query --guid xyz logs
refused "'01969be' is no id" grep 01969be
refused "option '--where' takes KEY=VALUE" query --where error logs
refused "option '--since' takes a time in UTC" query --since noon logs
refused "'verify' has no use for '--level'" verify --level warn logs
refused "'query' has no use for '--key'" query --key x logs
refused "say whose story" join logs
refused 'no log is named: give files or directories, or set PCARCH_LOG' query
refused "cannot open 'missing.jsonl': No such file" query missing.jsonl
assert_exit 2 "$PCARCH" log join --guid 0123456789abcdef logs
assert_err 'no event has the GUID 0123456789abcdef'

# More values than are told apart: those that are known are counted on.
python3 - >many.jsonl <<'PYTHON'
import glob, json
line = json.loads(open(sorted(glob.glob("logs/*.jsonl"))[0]).readline())
for name in ["known", *map(str, range(70000)), "known", "known"]:
    line["event"] = "e." + name
    print(json.dumps(line))
PYTHON
assert_exit 0 "$PCARCH" log query --group event --limit 1 many.jsonl
assert_out '3  0 errors'
assert_out e.known
