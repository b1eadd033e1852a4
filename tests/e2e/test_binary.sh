# pcarch scan --binary: programs, as linkers really make them, say which units belong to them and which of
# several definitions a call means.
. "$(dirname "$0")/lib.sh"
need_pcarch scan link extract
need_command gcc objcopy strip python3
mkdir "$tmp/tree" && cd "$tmp/tree" || exit 1

# Two tools that have `usage`, `die` and `hook` of their own, and share a library.
cat >tool.h <<'C'
#include <stdio.h>
int check(int), hook(void), helper(void), other_name(void);
void die(void), usage(void);
static inline int twice(int x) { return x < 0 ? (die(), 0) : 2 * x; }
C
cat >one.c <<'C'
#include "tool.h"
void die(void) { puts("one"); }
void usage(void) { die(); }
int main(int argc, char **argv)
{
	(void)argv;
	usage();
	return check(argc) + other_name();
}
C
cat >two.c <<'C'
#include "tool.h"
void die(void) { puts("two"); }
void usage(void) { die(); }
int hook(void) { return 2; }
int main(int argc, char **argv)
{
	(void)argv;
	usage();
	return check(argc) + twice(argc);
}
C
cat >check.c <<'C'
#include "tool.h"
__attribute__((weak)) int hook(void) { return 1; }
int check(int x)
{
	if (x > 9)
		die();
	return hook() + twice(x);
}
C
cat >names.c <<'C'
#include "tool.h"
int helper(void) { return 4; }
int other_name(void) __attribute__((alias("helper")));
int nobody_calls(void);
int nobody_calls(void) { return helper(); }
C
cat >unused.c <<'C'
#include "tool.h"
int helper(void) { return 5; }
int unused(void);
int unused(void) { return helper(); }
C
compdb . one.c two.c check.c names.c unused.c
units1="one.c check.c names.c" units2="two.c check.c"

# callees FILE CALLER: where it is defined what CALLER calls, a line each, with the states of the sites.
callees() {
	json "$1" "sorted('%s:%s:%s' % (d['functions'][c['callee']]['function'], d['functions'][c['callee']]['file'],
		d['call_sites'][c['site']]['state']) for c in d['calls']
		if d['functions'][c['caller']]['function'] == '$2' and d['functions'][c['callee']]['function'] != 'puts')"
}
files() { json "$1" "' '.join(sorted(u['file'] for u in d['units']))"; }

assert_exit 0 "$PCARCH" scan --no-cache
assert_equal "$(callees static.json check)" "$(printf '%s\n' die:one.c:open die:two.c:open \
	hook:check.c:open hook:two.c:open twice:tool.h:closed)" "what 'check' may call"
assert_equal "$(callees static.json usage | sort -u)" "$(printf '%s\n' die:one.c:closed die:two.c:closed)"

# is_one PROGRAM: it is made of the first tool's units, and its calls mean what was linked.
is_one() {
	assert_exit 0 "$PCARCH" scan --no-cache -o got.json --binary "$1"
	assert_err "3 units in"
	assert_err ", 2 left out, which no binary has: "
	assert_lacks "$err" warning "stderr"
	assert_equal "$(files got.json)" "check.c names.c one.c" "the units of $1"
	assert_json got.json "len(d['entry_points']) == 1 and d['summary']['left_out_unit_count'] == 2"
	assert_equal "$(callees got.json check)" \
		"$(printf '%s\n' die:one.c:closed hook:check.c:closed twice:tool.h:closed)" "calls in $1"
	assert_equal "$(callees got.json nobody_calls)" helper:names.c:closed "calls in $1"
	assert_equal "$(callees got.json main)" \
		"$(printf '%s\n' check:check.c:closed helper:names.c:closed usage:one.c:closed)" "calls in $1"
}

build() {
	local name=$1
	shift
	gcc -w "$@" -o "$name" || fail "gcc $*"
}
sleep 0.02 # a clock tick: sources are older than programs
build plain -g $units1
build optimized -g -O2 $units1
build whole -g -O2 -flto $units1
build collected -g -O1 -ffunction-sections -Wl,--gc-sections $units1
build fixed -g -no-pie $units1
build old_dwarf -g -gdwarf-4 $units1
build packed -g -gz $units1
build split -g -gsplit-dwarf $units1
programs=
gcc -w -g -static $units1 -o static 2>/dev/null && programs=static # where libc.a is installed
for program in $programs plain optimized whole collected fixed old_dwarf packed split; do
	is_one ./$program
done
cp got.json one.json
assert_exit 0 "$PCARCH" validate one.json
assert_exit 0 "$PCARCH" scan --no-cache -o got.json --binary plain one.c two.c
assert_err "1 unit in"
assert_lacks "$err" warning "stderr"

# Debug information in a file beside the program.
cp plain linked && objcopy --only-keep-debug linked linked.debug && strip linked &&
	objcopy --add-gnu-debuglink=linked.debug linked || fail "objcopy"
is_one ./linked
mkdir .debug && mv linked.debug .debug/
is_one ./linked
build other -g two.c check.c && objcopy --only-keep-debug other .debug/linked.debug
assert_exit 2 "$PCARCH" scan --binary linked # of another build
assert_err "linked: error: no debug information, so nobody knows which units it is made of"

# The other tool, and both.
build second -g $units2
assert_exit 0 "$PCARCH" scan --no-cache -o two.json --binary second
assert_equal "$(files two.json)" "check.c two.c"
assert_equal "$(callees two.json check)" \
	"$(printf '%s\n' die:two.c:closed hook:two.c:closed twice:tool.h:closed)" "calls in second"
assert_exit 0 "$PCARCH" scan --no-cache -o both.json --binary second --binary plain
assert_equal "$(files both.json)" "check.c names.c one.c two.c"
assert_equal "$(callees both.json check)" "$(printf '%s\n' die:one.c:open die:two.c:open \
	hook:check.c:open hook:two.c:open twice:tool.h:closed)" "calls in both"
assert_json both.json "len(d['entry_points']) == 2"

# Units without debug information belong by what they define; by their names, at least.
gcc -w -g -c one.c && gcc -w -c check.c && gcc -w -c names.c && build partly one.o check.o names.o
assert_exit 0 "$PCARCH" scan --no-cache -o got.json --binary partly
assert_contains "$(files got.json)" "check.c names.c one.c" "the units of partly"
assert_contains "$(callees got.json check)" "die:one.c:closed"
printf 'static int made;\n__attribute__((constructor)) static void make(void) { made = 1; }\n' >hidden.c
gcc -w -c hidden.c && build partly -g $units1 hidden.o
compdb . one.c two.c check.c names.c unused.c hidden.c
assert_exit 0 "$PCARCH" scan --no-cache -o got.json --binary partly
assert_equal "$(files got.json)" "check.c hidden.c names.c one.c"
compdb . one.c two.c check.c names.c unused.c

# A directory that the build hid.
build mapped -g -ffile-prefix-map="$PWD"=. "$PWD/one.c" "$PWD/check.c" "$PWD/names.c"
is_one ./mapped

# Libraries: what a program exports comes before what its library has, unless that keeps it to itself.
cat >user.c <<'C'
int lib_call(void);
int log_it(void);
int log_it(void) { return 1; }
int main(void) { return lib_call(); }
C
cat >lib.c <<'C'
int log_it(void), lib_call(void);
int lib_call(void) { return log_it(); }
C
printf 'int log_it(void);\nint log_it(void) { return 2; }\n' >log.c
printf 'VERS_1 { global: lib_call; local: *; };\n' >version.map
mkdir lib && (cd lib && cp ../lib.c ../log.c ../user.c .)
cd lib && compdb . user.c lib.c log.c || exit 1
build liblog.so -g -shared -fPIC lib.c log.c
build user -g user.c -L. -llog -Wl,-rpath,.
assert_exit 0 "$PCARCH" scan --no-cache --binary user --binary liblog.so
assert_equal "$(callees static.json lib_call)" "$(printf '%s\n' log_it:log.c:open log_it:user.c:open)"
build liblog.so -g -shared -fPIC -Wl,--version-script=../version.map lib.c log.c
assert_exit 0 "$PCARCH" scan --no-cache --binary user --binary liblog.so
assert_equal "$(callees static.json lib_call)" log_it:log.c:closed
build liblog.so -g -shared -fPIC -Wl,-Bsymbolic lib.c log.c
assert_exit 0 "$PCARCH" scan --no-cache --binary user --binary liblog.so
assert_equal "$(callees static.json lib_call)" log_it:log.c:closed
build liblog.so -g -shared -fPIC lib.c
build user -g user.c -L. -llog -Wl,-rpath,.
assert_exit 0 "$PCARCH" scan --no-cache --binary user --binary liblog.so
assert_equal "$(callees static.json lib_call)" log_it:user.c:closed
cd .. || exit 1

# Without the prefixes, from the cache, through link: the same bytes.
"$PCARCH" scan -q --binary plain -o a.json && "$PCARCH" scan -q --no-shared-prefixes --binary plain -o b.json
assert_same a.json one.json
assert_same b.json one.json
for unit in one two check names unused; do
	"$PCARCH" extract -o $unit.facts -- cc -c $unit.c || fail "extract $unit"
done
assert_exit 0 "$PCARCH" link -o b.json --binary plain unused.facts two.facts one.facts names.facts check.facts
assert_same b.json one.json
assert_err "3 units, 2 left out, which no binary has: "
assert_exit 2 "$PCARCH" link -r -o all.facts --binary plain one.facts
assert_err "pcarch link: error: '--archive' keeps all facts; give '--binary' where they are linked"
if command -v ninja >/dev/null; then
	assert_exit 0 "$PCARCH" scan --binary plain --emit-ninja build.ninja -o c.json
	assert_exit 0 ninja -v
	assert_contains "$out" "--binary $PWD/plain" "what ninja runs"
	assert_same c.json one.json
	assert_json c.json "d['summary']['left_out_unit_count'] == 2"
	assert_exit 0 ninja
	assert_out "no work to do"
fi

# What the user should know.
touch -d '1 minute' check.c names.c
assert_exit 0 "$PCARCH" scan --binary plain
assert_err "pcarch scan: warning: 'plain' is older than its source 'check.c' and 1 more; build it again [binary-stale]"
assert_exit 0 "$PCARCH" scan -q --binary plain
assert_err_is ''
touch -r one.c check.c names.c
compdb . one.c two.c names.c
assert_exit 0 "$PCARCH" scan --binary plain
assert_err "pcarch scan: warning: 'plain' has units that are not scanned: 'check.c'; calls in them are missing [unit-not-scanned]"
assert_exit 0 "$PCARCH" explain binary-stale
assert_exit 0 "$PCARCH" explain unit-not-scanned
compdb . unused.c two.c
echo old >got.json
assert_exit 2 "$PCARCH" scan -o got.json --binary collected
assert_err_is "collected: error: no unit of it is in the compile database: it is made of '$PWD/one.c', where the database has '$PWD/two.c'; name a program that these commands build"
assert_equal "$(cat got.json)" old

# What is no program that can be read: one sentence.
refused() {
	assert_exit 2 "$PCARCH" scan -o got.json --binary "$1"
	assert_err_is "$2"
	assert_exit 2 "$PCARCH" link -o got.json --binary "$1" one.facts
	assert_err_is "$2"
}
compdb . one.c two.c check.c names.c unused.c
build stripped -s -g $units1
refused stripped "stripped: error: no debug information, so nobody knows which units it is made of; build it with -g, or put its debug file beside it"
refused tool.h "tool.h: error: not an ELF file; a program or shared object was expected"
refused one.o "one.o: error: an object file, which is not linked yet; name the program"
ar rc lib.a one.o
refused lib.a "lib.a: error: an archive, of which a program takes what it needs; name the program"
refused . ".: error: not a regular file; a program or shared object was expected"
mkfifo pipe
refused pipe "pipe: error: not a regular file; a program or shared object was expected"
head -c 10000 plain >cut
refused cut "cut: error: truncated: its tables go past the end of the file"
: >empty
refused empty "empty: error: not an ELF file; a program or shared object was expected"
assert_exit 2 "$PCARCH" scan --binary missing
assert_err_is "pcarch scan: error: cannot open 'missing': No such file or directory"
rm ./*.dwo
assert_exit 2 "$PCARCH" scan --binary split
assert_err "split: error: part of its debug information is in 'split-one.dwo', which cannot be read; keep .dwo files"
