# pcarch validate: by the schema of the kind, then what a schema cannot say.
. "$(dirname "$0")/lib.sh"
need_pcarch validate
cd "$tmp" || exit 1
example=$SOURCE_DIR/schemas/examples/static.json

# edited SED: the example, changed, in static.json.
edited() {
	sed -e "$1" "$example" >static.json
	cmp -s static.json "$example" && fail "'$1' changes nothing"
}

# refused MESSAGE: exit 2, nothing on stdout, the message on stderr.
refused() {
	assert_exit 2 "$PCARCH" validate static.json
	assert_out_is ''
	assert_err "$1"
}

cp "$example" static.json
assert_exit 0 "$PCARCH" validate static.json
assert_out_is 'static.json: valid (static, schema 1.0)'
assert_err_is ''

# A trace, too.
cp "$SOURCE_DIR/schemas/examples/dynamic.json" .
assert_exit 0 "$PCARCH" validate dynamic.json
assert_out_is 'dynamic.json: valid (dynamic, schema 1.0)'
sed -i 's/"callee": 3/"callee": 77/' dynamic.json
assert_exit 2 "$PCARCH" validate dynamic.json
assert_err 'calls[0]: it calls function 77 from 2, but there are 5 functions'

# From a pipe, which can be read only once.
ran='validate -' out=$("$PCARCH" validate - <static.json 2>&1)
assert_out_is 'standard input: valid (static, schema 1.0)'
assert_exit 0 "$PCARCH" validate <(cat static.json)
assert_out ': valid (static, schema 1.0)'

# Findings: the byte of the element, the pointer to the value, a sentence.
edited 's/"arity": 2,/"arity": "two",/'
byte=$(grep -bo '{"id": 3, "module"' static.json | head -n 1 | cut -d: -f1)
refused "static.json: error: byte $byte: '/functions/3/arity' is a string, expected an integer"
edited 's/"status": "partial"/"status": "broken"/'
refused "'/units/0/status' is \"broken\", expected one of \"parsed\", \"partial\", \"failed\""
edited '/"branches"/,/^\t\]/d'
refused "'/' has no member 'branches'"
edited 's/"via"/"Via"/'
refused "'/calls/0/Via' is not allowed here: no such member is known"
refused "'/calls/0' has no member 'via'"
assert_contains "$err" "'/calls/4' has no member 'via'" 'stderr: all findings'

edited 's/"match": "unique-prefix"/"match": "guess"/'
refused "'/routes/1/match' is \"guess\", expected one of \"exact\", \"icase\", \"first-prefix\", \"unique-prefix\""
edited 's/"default": true/"default": false/'
refused "'/routes/0/default' is false, expected true"

# Valid by the schema, but it refers to what is not there.
edited 's/"callee": 5/"callee": 77/'
refused 'calls[1]: it calls function 77 from 3, but there are 7 functions'
edited 's/"parent": "route_2"/"parent": "route_7"/'
refused "routes[3]: its parent, 'route_7', does not stand before it"
edited '/"tokens": \["list"\]/s/"route_id": "./"route_id": "0/'
refused "routes[1]: 'route_id' is not that of its words"

# Not JSON, another kind, a later version.
head -c 1000 "$example" >static.json
refused 'the file may be cut off'
: >static.json
refused 'static.json: error: the file is empty: expected JSON'
echo '{"kind": "novel"}' >static.json
refused "the kind 'novel' is not one that this pcarch knows: "
echo '{}' >static.json
refused "the member 'kind' is missing"
edited 's/"schema_version": "1.0"/"schema_version": "2.3"/'
refused 'schema version 2.3 is newer than the 1.0 that this pcarch knows'
rm static.json
refused "cannot open 'static.json': No such file or directory"

# What a stranger's file says does not drive the terminal.
edited 's/"kind": "static"/"kind": "\\u001b[31mred"/'
refused "the kind '\\x1B[31mred' is not one"

# One bad file of several: the good ones are still named.
cp "$example" good.json
assert_exit 2 "$PCARCH" validate static.json good.json
assert_out_is 'good.json: valid (static, schema 1.0)'

# A schema of one's own.
echo '{"required": ["name"]}' >mine.schema.json
echo '{"name": 1}' >mine.json
assert_exit 0 "$PCARCH" validate --schema mine.schema.json mine.json
assert_out_is 'mine.json: valid (mine.schema.json)'
assert_exit 2 "$PCARCH" validate --schema mine.schema.json good.json
assert_err "good.json: error: byte 0: '/' has no member 'name'"
echo '{"maxItems": 3}' >mine.schema.json
assert_exit 2 "$PCARCH" validate --schema mine.schema.json mine.json
assert_err "mine.schema.json: error: 'maxItems' is a keyword that pcarch does not know"

assert_exit 2 "$PCARCH" validate
assert_err 'no file is given'

# What a scan writes is valid, for pcarch and for the outside judge.
need_pcarch scan
mkdir project
printf 'static int add(int a)\n{\n\treturn a + 1;\n}\nint main(void)\n{\n\treturn add(1);\n}\n' >project/main.c
compdb project main.c
run "$PCARCH" scan -p project -o scanned.json --no-cache
assert_file scanned.json
assert_exit 0 "$PCARCH" validate scanned.json
run python3 "$SOURCE_DIR/tests/schema_judge.py" check \
	"$SOURCE_DIR/schemas/static.schema.json" scanned.json "$example"
[ "$status" = 0 ] || [ "$status" = 77 ] || fail 'jsonschema does not accept it'
