# An installed tree can be moved: the program finds the reader of C relative to itself.
. "$(dirname "$0")/lib.sh"
need_command cmake
[ -f "$BUILD_DIR/CMakeCache.txt" ] || skip "no build directory at '$BUILD_DIR'"

assert_exit 0 cmake --install "$BUILD_DIR" --prefix "$tmp/first/a place"
mv "$tmp/first" "$tmp/second"
bin="$tmp/second/a place/bin"
assert_file "$bin/pcarch" "$tmp/second/a place/lib/pcarch/libpcarch-clang.so"
assert_equal "$(readlink "$bin/pcarch-cc")" pcarch "the link pcarch-cc"

# Neither the program nor its module may remember where it was built or installed first.
for file in "$bin/pcarch" "$tmp/second/a place/lib/pcarch/libpcarch-clang.so"; do
	assert_exit 0 readelf -d "$file"
	assert_lacks "$out" "$BUILD_DIR" "the dynamic section of $(basename "$file")"
	assert_lacks "$out" "$tmp/first" "the dynamic section of $(basename "$file")"
done

PCARCH=$bin/pcarch
need_pcarch scan
mkdir "$tmp/project" && cd "$tmp/project" || exit 1
printf 'static int twice(int n) { return 2 * n; }\nint main(void) { return twice(0); }\n' >main.c
compdb . main.c
assert_exit 0 "$PCARCH" scan
assert_json static.json "d['summary']['function_count'] == 2"
assert_json static.json "[c['via'] for c in d['calls']] == ['direct']"
assert_exit 0 "$PCARCH" show callers twice
assert_out main
