# pcarch traffic on the bundled example: its commands, and requests to its service, as README.md prints it.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan traffic
need_command cmake ninja pkg-config
pkg-config --exists libmicrohttpd librabbitmq || skip "libmicrohttpd-dev or librabbitmq-dev is not installed"
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE

cp -r "$SOURCE_DIR/examples/polycall" "$tmp/polycall" && rm -rf "$tmp/polycall/build" || exit 1
cd "$tmp/polycall" || exit 1
assert_exit 0 "$PCARCH" build -q -- sh -c 'cmake -B build -G Ninja >/dev/null && ninja -C build >/dev/null'
assert_exit 0 "$PCARCH" scan -q
assert_exit 0 "$PCARCH" validate traffic.json

# Every command runs its handler, and answers as the rules say.
assert_exit 0 "$PCARCH" traffic --rules traffic.json --strict --format json
printf '%s\n' "$out" | python3 -c 'import json, sys
rows = [json.loads(line) for line in sys.stdin]
driven = [r for r in rows if r["outcome"] not in ("skipped", "leads_on")]
assert len(driven) == 9 and all(r["handler_ran"] and r["is_expected"] for r in driven), driven
assert {r["status"] for r in driven if r["row"] == "request"} == {200, 503}, driven' || fail 'not all ran'
assert_exit 0 "$PCARCH" validate dynamic.json
assert_json dynamic.json "sorted({p['program'] for p in d['processes']}) == ['polycall', 'polycalld']"
assert_json dynamic.json "{'cli', 'http', 'signal'} <= {e['type'] for e in d['entry_points']}"
assert_json dynamic.json "len(d['processes']) == 8 and all(p['status'] is not None for p in d['processes'])"

# And what README.md prints of it is so.
command=$(sed -n 's/^    \$ \(pcarch traffic .*\)/\1/p' "$SOURCE_DIR/README.md")
[ -n "$command" ] || fail 'README.md has no traffic'
eval "\"\$PCARCH\" ${command#pcarch }" >printed 2>&1 || fail "'$command' fails"
sed -n '/^    \$ pcarch traffic /,/^$/s/^    //p' "$SOURCE_DIR/README.md" | tail -n +2 >expected
diff expected printed >changes || fail "README.md says (<) what is not so (>): $(cat changes)"
