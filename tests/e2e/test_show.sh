# What `pcarch show` answers, as a transcript for each kind: tests/golden/show/NAME.txt has a line
#	$ ARGS			of `pcarch show ARGS`, asked of program.json there
# and after it what comes out, "! " before each line of stderr, "= N" where the exit status is not 0.
# UPDATE=1 writes what came out over what must come out; read the difference before committing it.
. "$(dirname "$0")/lib.sh"
need_pcarch show
golden=$SOURCE_DIR/tests/golden/show
cp "$golden/program.json" "$tmp/static.json"
cp "$golden/resolved.json" "$golden/commands.json" "$tmp"
cd "$tmp" || exit 1
mkdir src
printf '%s\n' 1 2 3 4 5 6 7 8 9 10 11 $'\treturn\tops->open(name);' >src/ops.c
touch -d '2000-01-01' src/ops.c

for transcript in "$golden"/*.txt; do
	name=$(basename "$transcript")
	grep '^\$ ' "$transcript" | while read -r _ arguments; do
		echo "\$ $arguments"
		# shellcheck disable=SC2086
		"$PCARCH" show $arguments </dev/null 2>err
		status=$?
		sed 's/^/! /' err
		[ $status = 0 ] || echo "= $status"
	done >"$name"
	[ -z "${UPDATE:-}" ] || cp "$name" "$transcript"
	diff -u "$transcript" "$name" >diff || fail "$name is not what must come out:
$(cat diff)"
done

# Every row of JSON is an object on a line of its own that says what it is.
for question in 'callers retry' 'callees main --depth 3' 'path main puts --all' 'path main set' \
	'function retry' 'module reply' entry orphans sites 'sites --open' units; do
	# shellcheck disable=SC2086
	"$PCARCH" show $question --format json 2>err | python3 -c '
import json, sys
rows = [json.loads(line) for line in sys.stdin]
assert rows and all(row["row"] for row in rows), rows' || fail "JSON of '$question'"
done

# static.json: above, elsewhere, from stdin, nowhere, not one.
mkdir -p deep/er
cd deep/er || exit 1
assert_exit 0 "$PCARCH" show entry
entry=$out
assert_exit 0 "$PCARCH" show entry -f ../../static.json
assert_out_is "$entry"
assert_exit 0 "$PCARCH" show entry -f - <../../static.json
assert_out_is "$entry"
cd "$tmp" || exit 1
mv static.json program.json
assert_exit 2 "$PCARCH" show entry
assert_err "no static.json here or in a directory above: make it with 'pcarch scan'"
assert_exit 2 "$PCARCH" show entry -f missing.json
assert_err "cannot open 'missing.json': No such file"
echo '{"kind": "dynamic"}' >other.json
assert_exit 2 "$PCARCH" show entry -f other.json
assert_err 'other.json: error: '
head -c 3000 program.json >cut.json
assert_exit 2 "$PCARCH" show entry -f cut.json
assert_err 'cut.json: error: byte '
mv program.json static.json

# Names from a stranger's source do not drive the terminal, nor a shell that completes them.
escape=$(printf '\033')
sed 's/"store_lonely"/"store_\\u001b[2J;reboot"/g' static.json >hostile.json
assert_exit 0 "$PCARCH" show orphans -f hostile.json
assert_out 'store_\x1B[2J;reboot'
assert_exit 2 "$PCARCH" show function "store_$escape[2J" -f hostile.json
assert_lacks "$out$err" "$escape"
assert_exit 0 "$PCARCH" show complete store_ -f hostile.json
assert_out_is store_hook

# Completion: each name once, modules after `module`, and never a word of complaint.
assert_exit 0 "$PCARCH" show complete callers re
assert_out_is $'report\nreply\nretry'
assert_exit 0 "$PCARCH" show complete module src/l
assert_out_is src/log
assert_exit 0 "$PCARCH" show complete entry re
assert_out_is ''
for file in missing.json other.json; do
	assert_exit 0 "$PCARCH" show complete callers re -f "$file"
	assert_out_is ''
	assert_err_is ''
done

# On a terminal: a title, rows that fit, at most 50 of them, and how many more there are.
command -v script >/dev/null || exit 0
on_terminal() {
	script -qec "stty cols $1 rows 24; '$PCARCH' show $2" /dev/null </dev/null | tr -d '\r' >screen
}
export TERM=xterm NO_COLOR=1
on_terminal 60 'callees main --depth 4'
assert_contains "$(head -n 1 screen)" 'callees of main: 7 call sites' 'the title'
assert_equal "$(awk 'length($0) > 60 && !/warning/' screen)" '' 'wider than the terminal'
unset NO_COLOR
on_terminal 60 'callers retry'
assert_contains "$(cat screen)" "$escape[36mmain$escape[0m" 'colours'
python3 - <<'PYTHON'
import json
with open("static.json") as stream:
    trace = json.load(stream)
for i in range(200):
    trace["units"].append({"file": "u%03d.c" % i, "status": "parsed"})
trace["summary"]["unit_count"] += 200
with open("many.json", "w") as stream:
    json.dump(trace, stream)
PYTHON
on_terminal 80 'units -f many.json'
assert_equal "$(grep -c parsed screen)" 49 'rows on a terminal' # one of the 50 is partial
assert_contains "$(cat screen)" '... and 154 more; --limit=0 prints all' 'the rest'
on_terminal 80 'units -f many.json --limit=0'
assert_equal "$(grep -c parsed screen)" 203 'rows with --limit=0'
assert_exit 0 "$PCARCH" show units -f many.json
assert_equal "$(wc -l <<<"$out")" 204 'rows on a pipe'
assert_exit 0 "$PCARCH" show units -f many.json -n 3
assert_equal "$(wc -l <<<"$out")" 3 'rows with -n 3'
assert_err '... and 201 more; --limit=0 prints all'
