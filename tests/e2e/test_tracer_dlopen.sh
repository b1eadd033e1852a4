# The runtime: libraries that come and go, at the same place and at others, are not mistaken for each other.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1

instrument 'gcc -O2 -shared -fPIC -DPLUGIN=red' plugin.c red.so
instrument 'gcc -O2 -shared -fPIC -DPLUGIN=blue' plugin.c blue.so
instrument 'gcc -O2' plugins.c plugins

expected='
	?libc.so.6 main 1
	main use 100
	use work 100
	work back 100
	@constructor red_construct 50
	red_construct red_leaf 50
	@destructor red_destruct 50
	red_destruct red_leaf 50
	work red_leaf 50
	@constructor blue_construct 50
	blue_construct blue_leaf 50
	@destructor blue_destruct 50
	blue_destruct blue_leaf 50
	work blue_leaf 50'

# places LIBRARY: at how many it was.
places() { python3 "$programs/recording.py" objects "$recordings"/*.pcrec | grep -c "^$1 "; }

record ./plugins ./red.so ./blue.so
assert_equal "$status" 0
assert_edges "$expected"
assert_nothing_dropped
same=$(places red.so)

record ./plugins ./red.so ./blue.so move
assert_equal "$status" 0
assert_edges "$expected"
assert_nothing_dropped
[ "$(places red.so)" -gt "$same" ] || fail "red.so was always at the same place: nothing was tested"

# One that is not instrumented, and so tells nothing of its coming, takes the place of another.
cc -O2 -fno-optimize-sibling-calls -shared -fPIC -DPLUGIN=grey "$programs/plugin.c" -o grey.so
record ./plugins ./red.so ./grey.so
assert_equal "$status" 0
assert_edges '
	?libc.so.6 main 1
	main use 100
	use work 50
	work back 50
	?grey.so back 50
	@constructor red_construct 50
	red_construct red_leaf 50
	@destructor red_destruct 50
	red_destruct red_leaf 50
	work red_leaf 50'

# A program that knows nothing of it opens them; and $ORIGIN of what it opens means what it did.
cc -O2 "$programs/plugins.c" -o plain -ldl -rdynamic
mkdir -p sub/libs
echo 'int inner(void); int inner(void) { return 0; }' >inner.c
cc -shared -fPIC inner.c -o sub/libs/libinner.so
# shellcheck disable=SC2086
cc $edges_flags -O2 -shared -fPIC -DPLUGIN=outer "$programs/plugin.c" -o sub/outer.so \
	-Lsub/libs -Wl,--no-as-needed -linner '-Wl,-rpath,$ORIGIN/libs' $link_flags
record ./plain sub/outer.so ./red.so
assert_equal "$status" 0
assert_edge work outer_leaf 50
assert_edge work red_leaf 50
assert_edge ?plain work 100
assert_nothing_dropped
