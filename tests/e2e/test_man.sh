# The manual pages say what --help says: the same options of every command, and no others.
. "$(dirname "$0")/lib.sh"
docs=$SOURCE_DIR/docs

# Both print "-j --jobs" or "--jobs" a line, sorted.
options_of_help() {
	sed -n '/^Options:/,/^[A-Z].*:$/s/^  \(-.\)*,* *\(--[a-z0-9-]*\).*/\1 \2/p' |
		sed 's/^ *//' | LC_ALL=C sort
}
options_of_page() {
	sed -n '/^# OPTIONS/,/^# [^O]/s/^\(\*-[^-].*\)*\*\(--[a-z0-9-]*\)\*.*/\1 \2/p' |
		sed 's/^\*\(-.\)\*, /\1/; s/^ *//' | LC_ALL=C sort
}

names=$(commands)
[ -n "$names" ] || fail 'no command is listed'
for name in $names; do
	page=$docs/pcarch-$name.1.scd
	assert_file "$page"
	assert_exit 0 "$PCARCH" "$name" --help
	in_help=$(options_of_help <<<"$out")
	assert_contains "$in_help" '-h --help' "options of $name"
	assert_equal "$(options_of_page <"$page")" "$in_help" "the options in pcarch-$name(1)"
	summary=$(sed -n "1s/^pcarch $name: //p" <<<"$out")
	grep -qF "pcarch-$name - $summary" "$page" ||
		fail "pcarch-$name(1) has another summary than '$summary'"
	grep -q "^\*$name\*\$" "$docs/pcarch.1.scd" || fail "pcarch(1) lacks '$name'"
done
assert_exit 0 "$PCARCH" --help
assert_equal "$(options_of_page <"$docs/pcarch.1.scd")" "$(options_of_help <<<"$out")" \
	'the options in pcarch(1)'

# A file's page speaks of every member and every word that its schema allows.
need_command python3
for kind in static.json dynamic.json diff.json rules traffic; do
	python3 - "$SOURCE_DIR/schemas/${kind%.json}.schema.json" "$docs/pcarch-$kind.5.scd" <<'PYTHON' || fail "pcarch-$kind(5)"
import json, sys

def words(node):
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield from (f"*{name}*" for name in node["properties"])
        yield from (f"_{word}_" for word in node.get("enum", []))
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from words(item)

page = open(sys.argv[2], encoding="utf-8").read()
missing = {word for word in words(json.load(open(sys.argv[1], encoding="utf-8"))) if word not in page}
sys.exit(f"not spoken of: {', '.join(sorted(missing))}" if missing else 0)
PYTHON
done

command -v scdoc >/dev/null || {
	echo 'scdoc is not installed: the pages are not made'
	exit 0
}
for page in "$docs"/*.scd; do
	assert_exit 0 scdoc <"$page"
	assert_err_is ''
	# What a page refers to is there.
	for other in $(grep -oE '\*pcarch[a-z.-]*\*\([0-9]\)' "$page" | tr -d '*' | sort -u); do
		assert_file "$docs/$(sed 's/(\(.\))/.\1.scd/' <<<"$other")"
	done
done
