# One golden test: scan NAME.c alone and compare with what must come out, byte for byte: NAME.json
# (static.json) or, where the scan must complain, NAME.err (stderr). First lines of NAME.c may say
#	/* flags: -std=c89 -DX */	what it is compiled with
#	/* exit: 3 */			the exit status, 0 by default
# UPDATE=1 writes what came out over what must come out; read the difference before committing it.
. "$(dirname "$0")/../e2e/lib.sh"
need_pcarch scan

source=$1
name=$(basename "$source" .c)
expected=${source%.c}
flags=$(sed -nE '1,4s|^/\* flags: (.*) \*/$|\1|p' "$source")
code=$(sed -nE '1,4s|^/\* exit: ([0-9]+) \*/$|\1|p' "$source")

mkdir "$tmp/golden" && cp "$source" "$tmp/golden/" && cd "$tmp/golden" || exit 1
CFLAGS=$flags compdb . "$name.c"
assert_exit "${code:-0}" "$PCARCH" scan -o "$tmp/static.json"
# The version of the tool changes without anything else changing.
[ -e "$tmp/static.json" ] &&
	sed -E '1,10s/("version": ?")[^"]*"/\1X"/' "$tmp/static.json" >"$tmp/$name.json"
cp "$tmp/.err" "$tmp/$name.err"

compared=
for kind in json err; do
	if [ -n "${UPDATE:-}" ] && { [ $kind = json ] || [ -e "$expected.err" ]; }; then
		[ -e "$tmp/$name.$kind" ] && cp "$tmp/$name.$kind" "$expected.$kind"
	fi
	[ -e "$expected.$kind" ] || continue
	compared=1
	diff -u "$expected.$kind" "$tmp/$name.$kind" >"$tmp/diff" ||
		fail "$name.$kind is not what must come out:
$(head -n 60 "$tmp/diff")"
done
[ -n "$compared" ] || fail "neither '$expected.json' nor '$expected.err' exists; UPDATE=1 writes the first"
