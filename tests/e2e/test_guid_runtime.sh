# What a program tells of its executions decodes to the ways that it took: scan and runtime agree.
. "$(dirname "$0")/lib.sh"
need_pcarch scan guid
. "$SOURCE_DIR/tests/telemetry/telemetry.sh"
cd "$tmp" || exit 1
build_vault
cp "$telemetry/vault.c" "$SOURCE_DIR/tracer/pcarch_trace.h" .
CFLAGS='-D_GNU_SOURCE -I.' compdb . vault.c
assert_exit 0 "$PCARCH" scan
assert_json static.json "any(r['program'] == 'vault' and r['tokens'] == ['key', 'add'] for r in d['routes'])"
assert_json static.json "any(b['point'] == 'source' for b in d['branches'])"
assert_exit 0 "$PCARCH" guid key new
key=$HOME/.config/pcarch/guid.key

# decode_all: every GUID whose steps are in the log, by static.json and the key alone; its route_id is the scan's.
decode_all() {
	assert_exit 0 "$PCARCH" guid verify "$PCARCH_LOG"/*.jsonl
	python3 - "$PCARCH" "$PCARCH_LOG"/*.jsonl <<'PYTHON' || fail 'a GUID is not decoded to its steps'
import json, subprocess, sys
known = {r["route_id"] for r in json.load(open("static.json", encoding="utf-8"))["routes"]}
count = 0
for path in sys.argv[2:]:
    for row in map(json.loads, open(path, encoding="utf-8")):
        if "steps" not in row:
            continue
        count += 1
        options = ["--user-ref", row["user_ref"]] if "user_ref" in row else []
        options += [f"--outcome={s[8:]}" for s in row["steps"] if s.startswith("OUTCOME:")]
        done = subprocess.run([sys.argv[1], "guid", "decode", "--format=json", "--forks=2", *options, row["guid"]],
                              stdout=subprocess.PIPE, check=False)
        found = json.loads(done.stdout or "{}")
        if found.get("steps") != row["steps"] or found["route_id"] != row.get("route_id", found["route_id"]):
            sys.exit(f"{path}: {row['steps']} is decoded to {found}")
        if len(row["steps"]) > 1 and row["steps"][1].startswith("CMD:") and found["route_id"] not in known:
            sys.exit(f"{path}: the scan has no route {found['route_id']} of {row['steps']}")
sys.exit(not count)
PYTHON
}

for words in 'key add' 'key list' 'cat x' 'get cached' 'put name' quiet 'login alice' fork 'no such command'; do
	fresh
	# shellcheck disable=SC2086
	run ./vault $words
	decode_all
done
assert_log "by('command.end')[0]['steps'][:2] == ['PROG:vault', 'UNRESOLVED:unresolved']"

fresh
run ./vault fork
decode_all
assert_log "any('FORK:1' in row.get('steps', []) for row in e)"

# After a rotation of the key, what it tagged is still known, and new executions have the new one.
fresh
run ./vault get
assert_exit 0 "$PCARCH" guid key rotate
run ./vault key list
decode_all
assert_log "len({row['key_id'] for row in e}) == 2"
