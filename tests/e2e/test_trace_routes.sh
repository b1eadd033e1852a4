# Traces have the command that ran: its route, however the process came to it, and no word that is not a command's.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
need_pcarch scan trace merge validate recover
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT
cp "$programs/commands.c" "$programs/work.h" "$tmp" && cd "$tmp" || exit 1

build() {
	instrument "gcc -O2 $1" "$tmp/commands.c" shop
	cat >compile_commands.json <<-JSON
		[{"directory": "$tmp", "file": "commands.c", "arguments": ["gcc", "-c", "commands.c"], "output": "commands.o"}]
	JSON
	assert_exit 0 "$PCARCH" scan -q --binary shop
}

# routes FILE: ROUTE ROOT LINKS of its traces, the first one first.
routes() {
	python3 - "$1" <<-'PYTHON'
		import json, sys
		trace = json.load(open(sys.argv[1]))
		of = {t["trace_id"]: t["spans"][0]["function"] for t in trace["traces"]}
		for t in trace["traces"]:
		    unknown = t["spans"][0]["metadata"].get("route_unknown", "-")
		    assert (t["route"] is None) == (t["route_id"] is None)
		    print(t["route"], t["spans"][0]["function"], unknown, *(of[l] for l in t["links"]))
	PYTHON
}

# covered FILE: COUNT UNDECIDED WORDS of its routes.
covered() {
	python3 -c 'import json, sys
for r in json.load(open(sys.argv[1]))["routes"]: print(r["count"], r.get("undecided", 0), *r["tokens"])' "$1"
}

# joined FILE: the trace of main has the spans of its command, in one tree, and starts with main.
joined() {
	assert_json "$1" "[t for t in d['traces'] if t['entry_point'] and t['spans'][0]['function'] == 'main' and
		sum(s['parent_span_id'] is None for s in t['spans']) == 1 and
		'$2' in [s['function'] for s in t['spans']]]"
}

trace() { assert_exit 0 "$PCARCH" trace -q --static static.json -o "$1" -- "${@:2}"; }

for kind in patched portable; do
	edges_flags='-g -fpatchable-function-entry=5 -fno-optimize-sibling-calls'
	[ $kind = patched ] || edges_flags='-g -finstrument-functions'
	build ''

	# The deepest one names it, although the one above it fills the trace.
	trace add.json ./shop remote add
	assert_equal "$(routes add.json)" 'shop remote add main -' "remote add, $kind"
	joined add.json add
	assert_equal "$(covered add.json)" '1 0 remote
1 0 remote add' "covered by remote add, $kind"

	# One function, two commands: what was typed tells. A word of the command may be the value of an option.
	trace rm.json ./shop -p remote rm
	assert_equal "$(routes rm.json)" 'shop rm main -' "rm, $kind"
	assert_equal "$(covered rm.json)" '1 0 rm' "covered by rm, $kind"
	trace delete.json ./shop delete
	assert_equal "$(routes delete.json)" 'shop delete main -' "delete, $kind"

	# What is read is apart, and where nothing tells, nothing is said.
	printf 'remote list\nrm x\ndelete y\nremote add\nbatch remote add\nnone\n' >lines
	trace loop.json ./shop <lines
	assert_equal "$(routes loop.json)" "None main commands_apart
shop remote list remote - main
None erase shared_handler main
None erase shared_handler main
shop remote add remote - main
shop batch batch - main" "commands that are read, $kind"
	assert_equal "$(covered loop.json)" '1 0 batch
0 2 delete
3 0 remote
2 0 remote add
1 0 remote list
0 2 rm' "covered by what was read, $kind"
	assert_json loop.json "d['summary']['routes_covered'] == 4 and d['summary']['trace_count'] == 6"

	# A child goes on with its parent's trace, by a link.
	trace serve.json ./shop serve
	assert_equal "$(routes serve.json | sort)" 'shop remote list remote - main
shop serve main -' "in a child, $kind"
done

# Edges alone say which handlers ran, but not for which of their commands.
assert_exit 0 "$PCARCH" trace -q --mode edges --static static.json -o edges.json -- ./shop rm
assert_equal "$(covered edges.json)" '0 1 delete
0 1 rm'
assert_json edges.json "d['traces'] == [] and d['summary']['routes_covered'] == 0"

# Of the command line only words of commands are kept, in whatever is written.

assert_exit 0 "$PCARCH" trace -q --static static.json --directory rec -o secret.json -- ./shop --password hunter2 remote add
grep -rq hunter2 rec secret.json && fail 'a password is in the recording'
assert_equal "$(python3 "$programs/recording.py" header rec/*.pcrec | grep ^word)" 'word remote
word add'
assert_exit 0 "$PCARCH" recover -q --static static.json -o recovered.json rec
assert_equal "$(routes recovered.json)" 'shop remote add main -'

# Joined: counts of runs are added, what is the same stays one.
assert_exit 0 "$PCARCH" merge -q add.json loop.json rm.json -o all.json
assert_exit 0 "$PCARCH" merge -q all.json loop.json -o again.json
cmp all.json again.json || fail 'merging what is there changes it'
assert_equal "$(covered all.json)" '1 0 batch
0 2 delete
4 0 remote
3 0 remote add
1 0 remote list
1 2 rm'
assert_exit 0 "$PCARCH" validate add.json loop.json serve.json edges.json all.json

# However many requests come, the first of each command stays.
{ echo remote list; for _ in {1..1500}; do echo batch x; done; } >many
trace many.json ./shop <many
assert_json many.json "d['summary']['trace_count'] == 1000 and 'shop remote list' in [t['route'] for t in d['traces']]"
assert_json many.json "d['summary']['dropped']['trace_evicted'] == 1502 - 1000"
assert_json many.json "{'batch': 1500, 'remote list': 1}.items() <= {' '.join(r['tokens']): r['count'] for r in d['routes']}.items()"
