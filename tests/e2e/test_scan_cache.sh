# The cache: what did not change is not read again, and what changed is, however the change came.
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3
mkdir -p "$tmp/tree/first" "$tmp/tree/second" "$tmp/tree/src" && cd "$tmp/tree" || exit 1

echo 'int from_common(int);' >second/common.h
echo 'int from_lone(int);' >second/lone.h
for unit in a b c; do
	printf '#include "common.h"\nint %s(void)\n{\n\treturn from_common(1);\n}\n' $unit >src/$unit.c
done
printf '#include "lone.h"\nint main(void)\n{\n\treturn from_lone(1);\n}\n' >src/main.c
# Changes within two seconds of a scan are "racily clean": the content is compared, which is what is
# tested here as well as older files, whose times alone are.
age() { touch -d '1 hour ago' "$@"; }

database() { CFLAGS="-Ifirst -Isecond $*" compdb . src/a.c src/b.c src/c.c src/main.c; }
database
find . -type f -exec touch -d '1 hour ago' {} +

# unchanged N [OPTIONS...]: the scan takes N of the 4 units from the cache, and writes what a scan
# without any cache writes.
unchanged() {
	local n=$1 shown
	shift
	run "$PCARCH" scan -j2 "$@"
	shown=$(sed -n 's/^4 units in .* s, \([0-9]*\) of them unchanged.*/\1/p' "$tmp/.err")
	assert_equal "${shown:-0}" "$n" "units from the cache"
	cp static.json got.json
	"$PCARCH" scan -q --no-cache -o fresh.json 2>"$tmp/fresh.err"
	assert_same got.json fresh.json
}

unchanged 0
assert_equal "$status" 0 "exit status"
unchanged 4
# Of what did not change no file is opened.
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	strace -f -e trace=openat,open -o "$tmp/trace" "$PCARCH" scan -q
	! grep -E 'common\.h|lone\.h|src/[a-c]\.c' "$tmp/trace" || fail "a warm scan opens sources"
fi
touch src/a.c second/common.h
unchanged 4
echo 'int from_common(int, ...);' >second/common.h
unchanged 1
unchanged 4
assert_json static.json "[f['attributes'] for f in d['functions'] if f['function'] == 'from_common'] == [['variadic']]"
echo '/* the same size, the same time */' >second/lone.h
touch -r src/main.c second/lone.h
unchanged 3
assert_equal "$status" 0 "exit status"
echo 'int from_lone(int);' >second/lone.h
printf 'int more(void) { return a(); }\n' >>src/b.c
unchanged 3
unchanged 4
# Back to a state that was seen before.
sed -i '/more/d' src/b.c
echo 'int from_common(int);' >second/common.h
unchanged 4

# A header that appears earlier in the include path, and goes again; one beside the source wins.
echo 'long from_common(long);' >first/common.h
unchanged 1
assert_json static.json "[f['file'] for f in d['functions'] if f['function'] == 'from_common'] == ['first/common.h']"
rm first/common.h
unchanged 4
assert_json static.json "[f['file'] for f in d['functions'] if f['function'] == 'from_common'] == ['second/common.h']"
echo 'char from_lone(char);' >src/lone.h
unchanged 3
rm src/lone.h
unchanged 4

# A missing header appears: units with errors are read again each time.
echo '#include "generated.h"' >>src/c.c
unchanged 3
assert_equal "$status" 3 "exit status"
unchanged 3
echo 'int generated(void);' >second/generated.h
unchanged 3
assert_equal "$status" 0 "exit status"
unchanged 4
# A header that goes: the unit fails now.
rm second/generated.h
unchanged 3
assert_equal "$status" 3 "exit status"
sed -i '/generated/d' src/c.c
unchanged 4

# Other flags are another unit; the old ones are remembered.
database -DOTHER
unchanged 0
database
unchanged 4
CPATH=$PWD/first unchanged 0
unchanged 4 --no-shared-prefixes
unchanged 0 --no-cache
run "$PCARCH" scan --cache "$tmp/other"
assert_lacks "$err" unchanged stderr

# A damaged cache is one that holds less.
find "$tmp/other" -type f -exec sh -c 'for f; do head -c 40 "$f" >"$f.cut"; chmod u+w "$f"; cat "$f.cut" >"$f"; rm "$f.cut"; done' sh {} +
unchanged 0 --cache "$tmp/other"
find "$tmp/other" -type f -exec sh -c 'for f; do chmod u+w "$f"; printf "PCFACTS\0garbage" | dd of="$f" conv=notrunc 2>/dev/null; done' sh {} +
unchanged 0 --cache "$tmp/other"
find "$tmp/other" -type f -delete
unchanged 0 --cache "$tmp/other"
unchanged 4 --cache "$tmp/other"

# One that cannot be used is a warning, and the scan is whole.
echo "no directory" >"$tmp/file"
for place in "$tmp/file" /proc/none; do
	run "$PCARCH" scan -o got.json --cache "$place"
	assert_equal "$status" 0 "exit status with the cache at $place"
	assert_err "warning: scanned without the cache: "
	assert_same got.json fresh.json
done
if [ "$(id -u)" != 0 ]; then
	mkdir "$tmp/locked" && chmod 500 "$tmp/locked"
	run "$PCARCH" scan -o got.json --cache "$tmp/locked"
	assert_equal "$status" 0 "exit status with a cache that cannot be written to"
	assert_err "warning: scanned without the cache: "
	assert_same got.json fresh.json
fi
run env -u HOME -u XDG_CACHE_HOME "$PCARCH" scan -o got.json --no-cache
assert_equal "$status" 0 "exit status without a home"

# Two scans at once on one cache, cold: both are right.
for round in 1 2 3; do
	rm -rf "$tmp/both"
	"$PCARCH" scan -q -j2 --cache "$tmp/both" -o one.json & one=$!
	"$PCARCH" scan -q -j2 --cache "$tmp/both" -o two.json & two=$!
	wait $one || fail "the first of two scans at once: exit $?"
	wait $two || fail "the second of two scans at once: exit $?"
	assert_same one.json fresh.json
	assert_same two.json fresh.json
done
unchanged 4 --cache "$tmp/both"
