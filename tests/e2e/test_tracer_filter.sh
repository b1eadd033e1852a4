# The runtime: filters by function and by object; what they leave out is not patched, and counted.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
cd "$tmp" || exit 1

instrument 'gcc -O2 -shared -fPIC -DPLUGIN=red' plugin.c red.so
instrument 'gcc -O2 -shared -fPIC -DPLUGIN=blue' plugin.c blue.so
instrument 'gcc -O2' plugins.c plugins

# callees FILTER: what is recorded with it.
callees() {
	PCARCH_TRACE_FILTER=$1 record ./plugins ./red.so ./blue.so
	assert_equal "$status" 0
	edges | cut -d' ' -f2 | sort -u | tr '\n' ' '
}

assert_equal "$(callees '')" 'back blue_construct blue_destruct blue_leaf main red_construct red_destruct red_leaf use work '
assert_equal "$(callees 'red_leaf')" 'red_leaf '
assert_equal "$(callees 'red_*,!*_destruct')" 'red_construct red_leaf '
assert_equal "$(callees '!*_construct,!*_destruct')" 'back blue_leaf main red_leaf use work '
assert_equal "$(callees '*/blue.so')" 'blue_construct blue_destruct blue_leaf work '
assert_equal "$(callees '!*/plugins,!*/red.so')" 'blue_construct blue_destruct blue_leaf work '
assert_equal "$(callees '*/plugins,!main')" 'back use '
PCARCH_TRACE_FILTER='!leaf*' record ./plugins ./red.so ./blue.so
assert_nothing_dropped
PCARCH_TRACE_FILTER='!back' record ./plugins ./red.so ./blue.so
assert_equal "$(header | grep '^drop_')" 'drop_filtered 1'
assert_edge work red_leaf 50

# Without names only objects can be told apart.
strip plugins
assert_equal "$(callees 'red_leaf')" 'red_leaf '
callees '*/plugins' >/dev/null
assert_equal "$(edges | awk '{sum += $3} END {print sum}')" 201 'calls of a stripped program'
