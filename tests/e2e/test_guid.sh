# pcarch guid: ids of commands, from words alone or as a static.json knows them.
. "$(dirname "$0")/lib.sh"
need_pcarch guid
cd "$tmp" || exit 1
cp "$SOURCE_DIR/tests/golden/show/commands.json" .

# id EXPECTED ARGUMENT...: that id and nothing else.
id() {
	assert_exit 0 "$PCARCH" guid route "${@:2}"
	assert_out_is "$1"
	assert_err_is ''
}

# refused MESSAGE ARGUMENT...
refused() {
	assert_exit 2 "$PCARCH" guid "${@:2}"
	assert_out_is ''
	assert_err "$1"
}

# Those that other implementations compute.
id 1b8da86b23cb705d8f38e7220f4f76e4 polycall telemetry status
id 891b87ff1947e0503ae72bc3ec253d3e polycall telemetry status --branch source=net
id 891b87ff1947e0503ae72bc3ec253d3e --branch=source=net polycall telemetry status
two=$("$PCARCH" guid route polycall telemetry status --branch source=net --branch retry=no)
other=$("$PCARCH" guid route polycall telemetry status --branch retry=no --branch source=net)
assert_equal "${#two}" 32 'the length of an id'
[ "$two" != "$other" ] || fail 'the order of branches does not matter'

# Those of a file, whatever name of a command is used.
json commands.json '[" ".join([r["route_id"], r["program"], *(t for t in r["tokens"] if t != "<default>")]) for r in d["routes"]]' |
	while read -r expected words; do
		# shellcheck disable=SC2086
		id "$expected" $words
		# shellcheck disable=SC2086
		id "$expected" $words --static commands.json
	done || exit 1
delete=$("$PCARCH" guid route vault key delete)
id "$delete" --static commands.json vault key rm
id "$delete" --static commands.json vault ke delete
id "$delete" --static - vault key rm <commands.json
id "$("$PCARCH" guid route vaultd status)" --static commands.json vaultd STATUS
id "$("$PCARCH" guid route vault get --branch source=net)" \
	--static commands.json vault cat --branch source=net
id "$("$PCARCH" guid route ethtool -- --pause)" -- ethtool --pause

# What is not known, and what is near to it.
refused "'commands.json' has no command 'vault key dlete'; did you mean 'vault key delete'?" \
	route --static commands.json vault key dlete
refused "'commands.json' has no commands of 'vualt'; did you mean 'vault'?" \
	route --static commands.json vualt get
refused "'commands.json' has no branch 'source=nett'; did you mean 'source=net'?" \
	route --static commands.json vault get --branch source=nett
refused "'commands.json' has no branch 'x=y'; 'pcarch show branches' lists them" \
	route --static commands.json vault get --branch x=y
refused "option '--branch' takes POINT=CHOICE, not 'net'" route vault get --branch net
refused "option '--branch' takes POINT=CHOICE, not '=net'" route vault get --branch =net
refused "cannot open 'missing.json'" route --static missing.json vault
refused 'no program is named' route
refused 'say what to do'
refused "unknown action 'rout'; it is compare, decode, key, lookup, new, route or verify" rout
refused "option '--log' means nothing to 'route'" route vault --log commands.json
refused "is too long for a part of an id: it may have 255 bytes" route vault "$(printf 'x%.0s' {1..256})"
id "$("$PCARCH" guid route vault "$(printf 'x%.0s' {1..255})")" vault "$(printf 'x%.0s' {1..255})"

assert_exit 0 "$PCARCH" guid route polycall telemetry status --branch source=net --format json
assert_json "$tmp/.out" "d == {'steps': ['PROG:polycall', 'CMD:telemetry', 'CMD:status', 'BRANCH:source=net'],
	'route_id': '1b8da86b23cb705d8f38e7220f4f76e4', 'path_id': '891b87ff1947e0503ae72bc3ec253d3e'}"
