# pcarch timeline, explain-guid and report --errors: one story of three processes, whose clocks differ.
. "$(dirname "$0")/lib.sh"
need_pcarch timeline explain-guid report
need_command python3
cd "$tmp" || exit 1
export PYTHONDONTWRITEBYTECODE=1
python3 "$SOURCE_DIR/tests/telemetry/story_log.py" logs || fail 'no log'
command=01969bec0b2070418243444546474849

# rows [FILE]: depth, service and event of each row, in order.
rows() {
	python3 -c 'import json, sys
for line in open(sys.argv[1]):
    row = json.loads(line)
    print(row["depth"], row["service"], row["event"])' "${1:-$tmp/.out}"
}

# The order: the service's clock is 2 s late, and still nothing comes before its cause.
assert_exit 0 "$PCARCH" timeline --format json --guid "$command" logs
assert_equal "$(rows)" '0 polycall command.start
0 polycall external.call.start
1 polycalld command.start
1 polycalld message.publish
1 polycalld command.error
1 polycalld command.end
0 polycall external.call.end
0 polycall external.call.start
0 polycall command.end
2 worker message.receive'
assert_out '"behind_ns": 1999999000,'
cp "$tmp/.out" story
assert_exit 0 "$PCARCH" timeline --format json --guid 01969bec0b207071b273747576777879 logs/worker-* logs/polycalld-* logs/polycall-*
assert_equal "$(rows)" "$(rows story)" 'the order by other files first'
assert_exit 0 "$PCARCH" timeline --guid "$command" logs
assert_out '2025-05-04T15:31:05.000000Z, 5000.000 ms: 10 events of 3 processes'
assert_out '+1000.000 ms  info   polycall     external.call.start  polycall telemetry send  source=polycalld, endpoint=/publish'
assert_out 'its clock is at least 1999.999 ms behind that of its cause'
assert_exit 0 "$PCARCH" timeline --guid "$command" --level error --format json logs
assert_equal "$(rows | wc -l)" 4
assert_exit 0 "$PCARCH" timeline --format json logs
assert_equal "$(rows | wc -l)" 15 'all but the events of the log itself'
assert_exit 0 "$PCARCH" timeline --guid 0123456789abcdef logs
assert_err 'no event is of that story and that time'

# Where the trace is lost: the sender's log is missing.
assert_exit 0 "$PCARCH" timeline logs/polycalld-*
assert_out 'its context came from the span 00000000000000aa, which is in none of these logs'
assert_exit 0 "$PCARCH" timeline --format json logs/polycalld-*
assert_equal "$(grep -c '"orphan": true' "$tmp/.out")" 1
assert_exit 0 "$PCARCH" timeline --format json logs
assert_lacks "$out" orphan

# What README.md shows.
sed -n '/^    \$ pcarch timeline/,/^$/s/^    //p' "$SOURCE_DIR/README.md" | tail -n +2 >expected
(cd "$SOURCE_DIR" && "$PCARCH" timeline --guid 01969bec0b2070a1 tests/telemetry/example) >printed || fail 'no timeline'
[ -s expected ] || fail 'README.md shows no timeline'
assert_same expected printed

# Spans of dynamic.json belong to it by the trace id.
sed "s/$(json "$SOURCE_DIR/schemas/examples/dynamic.json" 'd["traces"][0]["trace_id"]')/$command/g" \
	"$SOURCE_DIR/schemas/examples/dynamic.json" >dynamic.json
assert_exit 0 "$PCARCH" timeline --guid "$command" --format json logs dynamic.json
assert_out '{"row": "span", '
assert_exit 0 "$PCARCH" timeline --guid "$command" logs dynamic.json

# Six questions.
assert_exit 0 "$PCARCH" explain-guid "$command" logs
assert_out '1. What happened?
  in polycalld: DISK_FULL from polycalld (28): there is no space left  logs/polycalld-01969bec0b207021a223242526272829-000001.jsonl:5
  UNAVAILABLE from polycalld (503): the service cannot be reached now  logs/polycall-01969bec0b2070119213141516171819-000001.jsonl:5
  it ended after 3000.000 ms: UNAVAILABLE  logs/polycall-01969bec0b2070119213141516171819-000001.jsonl:7'
assert_out '  it began at 2025-05-04T15:31:05.000000000Z  logs/polycall-'
assert_out '  arguments ["polycall","telemetry","send"]  logs/polycall-'
assert_out '  queue=17, token redacted  logs/polycall-'
assert_out '6. What was the root cause?
  DISK_FULL from polycalld (28): there is no space left, in the layer storage, seen by polycalld  logs/polycalld-01969bec0b207021a223242526272829-000001.jsonl:5
  behind it: NO_SPACE  '
assert_out '  this call never came back: source=metrics, endpoint=/count  logs/polycall-'
assert_lacks "$out" 'not captured'
assert_exit 0 "$PCARCH" explain-guid "$command" logs/polycall-*
assert_out "not captured: why polycalld failed: none of these logs is its own; 'pcarch log grep $command' looks in others"
assert_exit 0 "$PCARCH" explain-guid 01969bec-0b20-7051-9253-545556575859 logs
assert_out 'not captured: the arguments'
assert_out 'not captured: the state: it is recorded with errors, and there was none'
assert_out 'no event of the story is an error'
assert_exit 0 "$PCARCH" explain-guid --format json "$command" logs
assert_out '{"row": "answer", "question": "cause", "text": "DISK_FULL from polycalld'
assert_exit 2 "$PCARCH" explain-guid 01969bec0b20 logs
assert_err "'01969bec0b20' may be any of "
assert_exit 2 "$PCARCH" explain-guid 0123456789abcdef logs
assert_err 'no event of these logs has the GUID 0123456789abcdef'
assert_exit 2 "$PCARCH" explain-guid
assert_err 'say which execution'

# With what scan knows: the function that runs it.
mkdir source
cat >source/polycall.c <<'C'
#include <stdio.h>
#include <string.h>
static int run_send(int argc, char **argv) { return printf("%d %s\n", argc, argv[0]) < 0; }
static int run_status(int argc, char **argv) { return printf("%d %s!\n", argc, argv[0]) < 0; }
struct command { const char *name; int (*run)(int argc, char **argv); };
static const struct command commands[] = {{"send", run_send}, {"status", run_status}, {0}};
static int telemetry(int argc, char **argv)
{
	for (const struct command *c = commands; argc > 0 && c->name; c++)
		if (strcmp(argv[0], c->name) == 0)
			return c->run(argc, argv);
	return 1;
}
int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "telemetry") == 0)
		return telemetry(argc - 2, argv + 2);
	return 2;
}
C
compdb source polycall.c
if "$PCARCH" --help | grep -q '^  scan '; then
	assert_exit 0 "$PCARCH" scan -q -p source -o static.json
	assert_exit 0 "$PCARCH" explain-guid --static static.json "$command" logs
	assert_out '  it is run by run_send() at polycall.c:3'
fi
assert_exit 2 "$PCARCH" explain-guid --static missing.json "$command" logs
assert_err "cannot open 'missing.json'"

# Errors, counted.
assert_exit 0 "$PCARCH" report --errors logs
assert_out '2 errors in 21 events, 2025-05-04T15:31:00Z to 2025-05-04T15:32:00Z'
assert_out '      1 UNAVAILABLE from polycalld (503): the service cannot be reached now
        times   2025-05-04T15:31:07Z
        hours   2025-05-04T15h 1
        way     polycall > telemetry > send  (1 of 1; 1 execution ended there)
        before  cache.miss  (1 of 1)'
assert_out '  polycalld  1 call, 1 failed (100.0 %), 1000.0 ms each; those that failed 1000.0 ms, 1 of them between 15 and 16 h UTC'
assert_out '  metrics  0 calls, 0 failed (0.0 %); 1 never answered'
assert_exit 0 "$PCARCH" report --errors --format json --service polycalld logs
assert_equal "$(grep -c '"row": "error"' "$tmp/.out")" 1
assert_out '"hours": [{"hour": "2025-05-04T15:00:00.000000000Z", "count": 1}], "way": {"name": "polycalld > publish", "count": 1}, "ended": 1'
sed 's/"level":"error"/"level":"error","simulated":true/; s/,"h":.*/}/' logs/polycalld-* >simulated.jsonl
assert_exit 0 "$PCARCH" report --errors simulated.jsonl
assert_out '0 errors in'
assert_err '2 simulated events are left out'
assert_exit 2 "$PCARCH" report logs
assert_err "say of what: 'pcarch report --errors LOG'"
