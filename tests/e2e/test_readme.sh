# The worked example of README.md prints what README.md says, but for how long it takes.
. "$(dirname "$0")/lib.sh"
need_pcarch scan show
need_command cmake ninja pkg-config
pkg-config --exists libmicrohttpd librabbitmq || skip "libmicrohttpd or librabbitmq is not installed"

mkdir "$tmp/bin" "$tmp/examples" && ln -s "$PCARCH" "$tmp/bin/pcarch" || exit 1
PATH=$tmp/bin:$PATH
unset PCARCH_MAX_DEPTH
cp -r "$SOURCE_DIR/examples/polycall" "$tmp/examples" && rm -rf "$tmp/examples/polycall/build" || exit 1
cd "$tmp" || exit 1

# What stands indented in the section, without the indent: "$ COMMAND", then what it prints.
sed -n '/^## A worked example/,/^## A known/s/^    //p' "$SOURCE_DIR/README.md" >"$tmp/expected"
without_times() { sed -E 's/ in [0-9.]+ s/ in N s/'; }

while IFS= read -r line; do
	[ "${line#\$ }" != "$line" ] || continue
	printf '%s\n' "$line"
	case $line in
	'$ pcarch '*) eval "${line#\$ }" 2>&1 ;;
	*) eval "${line#\$ }" >"$tmp/log" 2>&1 || fail "'$line' failed: $(cat "$tmp/log")" ;;
	esac
done <"$tmp/expected" >"$tmp/printed"
[ "$(grep -c '^\$ pcarch' "$tmp/printed")" -ge 6 ] || fail "README.md has no worked example"
diff <(without_times <"$tmp/expected") <(without_times <"$tmp/printed") >"$tmp/diff" ||
	fail "README.md says (<) what is not so (>):
$(cat "$tmp/diff")"
