# Rule files: .pcarch.json and --rules are read by scan and link, a wrong one stops both before anything is
# written; those that ship are valid, and say what the headers say.
. "$(dirname "$0")/lib.sh"
need_pcarch scan link extract validate doctor
need_command python3
example=$SOURCE_DIR/schemas/examples/rules.json

mkdir "$tmp/project" && cd "$tmp/project" || exit 1
printf '#include <stdlib.h>\nint main(void)\n{\n\treturn abs(1);\n}\n' >main.c
compdb . main.c

# refused FILE TEXT MESSAGE: scan exits 2 with that message, and what there was stays.
refused() {
	printf '%s' "$2" >"$1"
	echo old >static.json
	assert_exit 2 "$PCARCH" scan -q
	assert_out_is ''
	assert_err "$1:$3"
	assert_equal "$(cat static.json)" old 'static.json after a failure'
}

# The project's own file: line, what is wrong, what is allowed.
refused .pcarch.json '{"version": 1,
 "registrations": [
  {"kind": "http", "call": "route", "hanlder": 1}]}' \
	"3:37: error: '/registrations/0/hanlder' is not allowed here: no such member is known; did you mean 'handler'?"
refused .pcarch.json '{"version": 1, "registrations": [{"kind": "htpp", "call": "route", "handler": 1}]}' \
	"1:35: error: '/registrations/0/kind' is \"htpp\", expected one of \"cli\", \"http\", "
assert_err 'did you mean "http"?'
refused .pcarch.json '{"version": 1, "calls": [{"call": "f", "handler": "1"}]}' \
	"1:40: error: '/calls/0/handler' is a string, expected an integer or an array"
refused .pcarch.json '{"version": 1,
"calls": [{"call": "f"}, {"call": "f"}]}' "2: error: the function 'f' has a rule in line 2 already"
refused .pcarch.json '{"version": 1, "calls": [' '1:26: error: the text ends here'
refused .pcarch.json '{"version": 9}' '1:13: error: version 9 is newer than the 1 that this pcarch knows'
refused .pcarch.json '' ' error: the file is empty'
rm .pcarch.json
mkdir .pcarch.json
assert_exit 2 "$PCARCH" scan -q
assert_err ".pcarch.json': it is not a regular file"
rmdir .pcarch.json
mkfifo .pcarch.json
assert_exit 2 "$PCARCH" scan -q
assert_err ".pcarch.json': it is not a regular file"
rm .pcarch.json
ln -s nowhere .pcarch.json # as if there were none: git keeps such links
assert_exit 0 "$PCARCH" scan -q
rm .pcarch.json

# What a stranger wrote does not drive the terminal.
refused .pcarch.json '{"version": 1, "\u001b[31mred": 1}' "1:16: error: '/\\x1B[31mred' is not allowed here"

# --rules, more than once; a good project file beside a bad one.
cp "$example" .pcarch.json
assert_exit 0 "$PCARCH" scan -v
assert_err "rules: $PWD/.pcarch.json"
echo '{"version": 1, "calls": [{"call": "f"}]}' >good.json
echo '{"version": 1, "call": []}' >bad.json
assert_exit 0 "$PCARCH" scan -q --rules good.json --rules "$example"
echo old >static.json
assert_exit 2 "$PCARCH" scan -q --rules good.json --rules bad.json
assert_err "bad.json:1:16: error: '/call' is not allowed here: no such member is known; did you mean 'calls'?"
assert_equal "$(cat static.json)" old 'static.json after a failure'
assert_exit 2 "$PCARCH" scan -q --rules none.json
assert_err "cannot open 'none.json': No such file or directory"

# Rules are no part of what facts depend on.
assert_exit 0 "$PCARCH" scan --rules good.json
echo '{"version": 1, "calls": [{"call": "f", "handler": 3}]}' >good.json
assert_exit 0 "$PCARCH" scan --rules good.json
assert_err '1 unit in'
assert_err ', 1 of them unchanged'
cp static.json scanned.json

# link reads the same, and writes the same.
assert_exit 0 "$PCARCH" extract -o main.facts -- cc -c main.c
assert_exit 0 "$PCARCH" link -q --root . --rules good.json main.facts
assert_same static.json scanned.json
echo old >static.json
assert_exit 2 "$PCARCH" link -q --root . --rules bad.json main.facts
assert_err 'bad.json:1:16: error: '
assert_equal "$(cat static.json)" old 'static.json after a failed link'
echo '{' >.pcarch.json
assert_exit 2 "$PCARCH" link -q --root . main.facts
assert_err '.pcarch.json:'
assert_equal "$(cat static.json)" old 'static.json after a failed link'

# doctor names the file, or what is wrong in it.
assert_exit 2 "$PCARCH" doctor
assert_out 'FAIL  rules'
assert_out '.pcarch.json:2: '
echo '{"version": 1}' >.pcarch.json
assert_exit 0 "$PCARCH" doctor
assert_out "ok    rules           $PWD/.pcarch.json"
rm .pcarch.json
assert_exit 0 "$PCARCH" doctor
assert_out 'those that ship with pcarch'

# validate lists all that is wrong; JSON from a pipe, a file of any name.
printf '{"version": 1, "calls": [{"call": 1}, {"call": "f", "handler": -1}]}' >rules.json
assert_exit 2 "$PCARCH" validate rules.json
assert_err "rules.json:1:27: error: '/calls/0/call' is an integer"
assert_err "rules.json:1:53: error: '/calls/1/handler' is -1, expected at least 0"
assert_exit 0 "$PCARCH" validate "$example"
assert_out_is "$example: valid (rules, version 1)"
ran='validate -' out=$("$PCARCH" validate - <"$example" 2>&1)
assert_out_is 'standard input: valid (rules, version 1)'
printf '{"tables": [}' >.pcarch.json
assert_exit 2 "$PCARCH" validate .pcarch.json
assert_err ".pcarch.json:1:13: error: expected "
rm .pcarch.json

# ninja links again when a rule changes.
if command -v ninja >/dev/null; then
	echo '{"version": 1}' >.pcarch.json
	mkdir "$tmp/work dir" && cd "$tmp/work dir" || exit 1
	cp "$tmp/project/good.json" 'my rules.json'
	assert_exit 0 "$PCARCH" scan --emit-ninja build.ninja -p "$tmp/project" --rules 'my rules.json'
	assert_exit 0 ninja
	assert_exit 0 ninja
	assert_out 'no work to do'
	for file in 'my rules.json' "$tmp/project/.pcarch.json"; do
		touch -d '1 hour' "$file"
		assert_exit 0 ninja -n
		assert_out 'link static.json'
		assert_lacks "$out" 'facts of' 'stdout'
		touch -d '1 hour ago' "$file"
	done
	echo '{"version": 2}' >'my rules.json'
	assert_exit 1 ninja
	assert_out 'my rules.json:1:13: error: version 2 is newer'
	cd "$tmp/project" || exit 1
fi

# Each shipped file: by our validator, by the outside one, and against the prototypes that are installed.
for file in "$SOURCE_DIR"/analyzer/rules/*.json; do
	assert_exit 0 "$PCARCH" validate "$file"
done
run python3 "$SOURCE_DIR/tests/schema_judge.py" check "$SOURCE_DIR/schemas/rules.schema.json" \
	"$example" "$SOURCE_DIR"/analyzer/rules/*.json
[ "$status" = 0 ] || [ "$status" = 77 ] || fail 'jsonschema does not accept them'
assert_exit 0 python3 "$SOURCE_DIR/tests/rules_judge.py" "$PCARCH" "$SOURCE_DIR/analyzer/rules"
assert_err_is ''
assert_out 'libc: '
