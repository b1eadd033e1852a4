# pcarch guid new, decode and compare: executions, the ways they stand for, where two part.
. "$(dirname "$0")/lib.sh"
need_pcarch guid
cd "$tmp" || exit 1
cp "$SOURCE_DIR/tests/golden/show/commands.json" static.json
key=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
(umask 077 && echo $key >key)
export PCARCH_GUID_KEY_FILE=$tmp/key

# new NAME ARGUMENT...: $NAME is a GUID.
new() {
	assert_exit 0 "$PCARCH" guid new "${@:2}"
	printf -v "$1" %s "$(cat "$tmp/.out")"
	[[ ${!1} =~ ^[0-9a-f]{64}$ ]] || fail "'${!1}' is no GUID"
}

# decodes GUID STEPS ARGUMENT...: to exactly these steps.
decodes() {
	assert_exit 0 "$PCARCH" guid decode --format json "$1" "${@:3}"
	assert_json "$tmp/.out" "(d['answer'], d['guid'], d['steps']) == ('match', '$1', '$2'.split('|'))"
}

# Every command of the file, alone and with a branch, by the key and without one.
json static.json '["|".join([r["program"], *(t for t in r["tokens"] if t != "<default>")]) for r in d["routes"]]' | sort -u >commands
[ -s commands ] || fail 'no commands'
while IFS='|' read -r -a words; do
	new guid "${words[@]}" --branch source=net
	steps=PROG:${words[0]}$(printf '|CMD:%s' "${words[@]:1}")
	[ ${#words[@]} -gt 1 ] || steps=PROG:${words[0]}
	decodes "$guid" "$steps|BRANCH:source=net"
	PCARCH_GUID_KEY_FILE='' new guid "${words[@]}"
	decodes "$guid" "$steps"
	assert_json "$tmp/.out" "d['key_id'] == 'unkeyed'"
done <commands

# What else is said.
new guid vault key rm --static static.json
decodes "$guid" 'PROG:vault|CMD:key|CMD:delete'
assert_json "$tmp/.out" "d['handler'] == {'module': 'src/vault/key', 'function': 'key_delete', 'arity': 2,
	'file': 'src/vault/key.c', 'line': 55, 'type': 'private'}"
assert_json "$tmp/.out" "d['key_id'] == '3b6d804e' and d['route_id'] == d['path_id'] == '8ffa4ed55b7ef16d89555e199aaa3841'"
assert_exit 0 "$PCARCH" guid decode "$guid"
assert_out 'route     vault key delete'
assert_out 'handler   key_delete() at src/vault/key.c:55'
# A default runs what its parent does not.
new guid vault key
assert_exit 0 "$PCARCH" guid decode "$guid"
assert_out 'handler   key_list() at src/vault/key.c:80'
new guid vault load
assert_exit 0 "$PCARCH" guid decode "$guid"
assert_out 'handler   not known (dlsym), named at src/vault.c:44'

# What it does not stand for is never guessed.
new guid vault key delete
last=${guid: -1}
changed=${guid%?}$([ "$last" = 0 ] && echo 1 || echo 0)
assert_exit 1 "$PCARCH" guid decode "$changed"
assert_out no_match
assert_err 'by these keys: 3b6d804e, unkeyed'
new guid vault no such command
assert_exit 1 "$PCARCH" guid decode "$guid"
new guid vault key delete --branch source=net
assert_exit 3 "$PCARCH" guid decode "$guid" --budget 3 --format json
assert_json "$tmp/.out" "d['answer'] == 'budget_exceeded' and 'steps' not in d"
assert_exit 1 "$PCARCH" guid decode "$guid" --program vaultd
assert_exit 0 "$PCARCH" guid decode "$guid" --program vault
new guid other
assert_exit 1 "$PCARCH" guid decode "$guid"
assert_exit 0 "$PCARCH" guid decode "$guid" --program other

# A user: by name or by what events have.
new guid vault get --user posix:alice
assert_exit 1 "$PCARCH" guid decode "$guid"
decodes "$guid" 'PROG:vault|CMD:get' --user posix:alice
decodes "$guid" 'PROG:vault|CMD:get' --user-ref 91adf49bffc70fbf70c8bc81c9b8893c
assert_exit 1 "$PCARCH" guid decode "$guid" --user posix:bob

# The way of executions that were not made here: vectors of other implementations.
other=01969bec0b2070a1a2a3a4a5a6a7a8a9578e2640c397290c2860cf44704c3579
assert_exit 0 "$PCARCH" guid verify $other PROG:polycall CMD:telemetry CMD:status BRANCH:source=net OUTCOME:AUTH_FAILED

# Where two part; exit 0 only for the same way.
new one vault key delete --branch source=net
new two vault key delete --branch source=cache
new three vault key delete --branch source=net
assert_exit 1 "$PCARCH" guid compare "$one" "$two"
assert_out 'step 4 is the first that differs'
assert_exit 1 "$PCARCH" guid compare "$one" "$two" --format json
assert_json "$tmp/.out" "d['same'] is False and d['first_difference'] == 4"
assert_json "$tmp/.out" "[e['steps'][3] for e in d['executions']] == ['BRANCH:source=net', 'BRANCH:source=cache']"
assert_exit 0 "$PCARCH" guid compare "$one" "$three"
assert_out 'the same way, 4 steps'
new four vault key
assert_exit 1 "$PCARCH" guid compare "$one" "$four"
assert_out '(no step)'
assert_exit 3 "$PCARCH" guid compare "$one" "$changed"
assert_err "the steps of '$changed' are not known"

# refused MESSAGE ARGUMENT...
refused() {
	assert_exit 2 "$PCARCH" guid "${@:2}"
	assert_out_is ''
	assert_err "$1"
}
refused "'decode' takes one GUID" decode
refused "'decode' takes one GUID" decode "$one" "$two"
refused "'abc' is no GUID: it has 64 lowercase hex digits" decode abc
refused "is no GUID" decode "${one^^}"
refused "is no GUID" compare "$one" "${two%?}"
refused "'compare' takes two GUIDs" compare "$one"
refused "option '--user' takes REALM:NAME, not 'alice'" decode "$one" --user alice
refused "option '--user' takes REALM:NAME, not ':alice'" decode "$one" --user :alice
refused "option '--user-ref' takes 32 hex digits, not 'x'" decode "$one" --user-ref x
refused "cannot open 'missing.json'" decode "$one" --static missing.json
refused "no program is named: 'pcarch guid new PROGRAM WORD...'" new
refused "'static.json' has no command 'vault gett'; did you mean 'vault get'?" new --static static.json vault gett
refused "key 'missing' does not exist; 'pcarch guid key new' makes one" decode "$one" --key-file missing
mkdir empty && cd empty || exit 1
rm ../static.json
refused 'no static.json here or in a directory above' decode "$one"
