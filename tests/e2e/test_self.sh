# pcarch reads itself: the whole of its own build, nothing partial, and answers what we know of it.
. "$(dirname "$0")/lib.sh"
need_pcarch scan show validate
need_command python3
[ -s "$BUILD_DIR/compile_commands.json" ] || skip "this build has no compile_commands.json"
cd "$tmp" || exit 1

# The whole build, tests and fuzz targets too: nothing is partial, and twice is the same.
assert_exit 0 "$PCARCH" scan -p "$BUILD_DIR" --root "$SOURCE_DIR" -o all.json
assert_json all.json "d['summary']['failed_unit_count'] == 0 and {u['status'] for u in d['units']} == {'parsed'}"
assert_exit 0 "$PCARCH" validate all.json
assert_exit 0 "$PCARCH" scan -p "$BUILD_DIR" --root "$SOURCE_DIR" -o again.json
assert_err unchanged
assert_same all.json again.json

# The program alone.
sources=("$SOURCE_DIR"/{core,analyzer,analyzer/*,cli,tracer,tracer/recorder}/*.c)
assert_exit 0 "$PCARCH" scan -p "$BUILD_DIR" --root "$SOURCE_DIR" "${sources[@]}"
assert_json static.json "len({u['file'] for u in d['units']}) == ${#sources[@]}"
assert_exit 0 "$PCARCH" validate static.json
python3 "$SOURCE_DIR/tests/schema_judge.py" check "$SOURCE_DIR/schemas/static.schema.json" static.json
case $? in
0 | 77) ;; # 77: without python3-jsonschema there is no judge
*) fail "python3-jsonschema refuses static.json" ;;
esac

# function NAME ARITY MODULE TYPE
function_is() {
	assert_json static.json "[(f['arity'], f['module'], f['type']) for f in d['functions'] if f['function'] == '$1'] == [($2, '$3', '$4')]"
}
function_is main 2 cli/main public
function_is error_set 3 core/error public
function_is xmalloc 1 core/arena public
function_is run_scan 3 cli/cmd_scan private
function_is printf 1 stdio.h external
assert_json static.json "[f for f in d['functions'] if f['function'] == 'printf'][0]['attributes'] == ['variadic']"
assert_json static.json "[e['function'] for e in d['entry_points'] if e['type'] == 'cli'] == ['main']"

# The commands are run through a table: its functions are known, and no others.
assert_exit 0 "$PCARCH" show path cli/main:main scan_run
assert_out 'scan_main'
assert_out 'scan_and_write'
assert_out 'scan_run'
assert_exit 0 "$PCARCH" show path main options_parse_leading
assert_exit 0 "$PCARCH" show sites --open
assert_out 'extractor.extract'
assert_exit 0 "$PCARCH" show callers link_facts
assert_out 'link_extracted'
assert_out 'link_trace'
assert_json static.json "all(s['state'] == 'closed' for s in d['call_sites'] if s['file'] == 'cli/main.c')"
assert_json static.json "all(s['state'] == 'closed' or s['reasons'] for s in d['call_sites'])"
