# pcarch trace: debug information in every place where it may be, or no more.
. "$(dirname "$0")/lib.sh"
need_pcarch build trace
need_command cc objcopy
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
mkdir -p "$tmp/project/make/sub" && cd "$tmp/project/make" || exit 1

cat >sub/leaf.c <<'C'
__attribute__((noinline)) static void inner(int n) { __asm__ volatile("" : : "r"(n)); }
static inline __attribute__((always_inline)) void wrapped(int n) { inner(n); }
void leaf(int n)
{
	wrapped(n);
}
C
cat >main.c <<'C'
void leaf(int n);
void unused(void) { leaf(1); }
int main(void)
{
	leaf(2);
	return 0;
}
C
functions="leaf make/sub/leaf.c 3 public
main make/main.c 3 public"

# build FLAG...: a program from files that are named by their paths from here.
build() {
	rm -rf prog* ./*.o ./*.dwo ./*.dwp sub/*.o sub/*.dwo
	assert_exit 0 "$PCARCH" build -q --fresh -- sh -c 'for f in main sub/leaf; do "$0" -c $f.c -o $f.o "$@" || exit; done
		"$0" main.o sub/leaf.o -o prog "$@"' "$cc" -O1 "$@"
}
trace() { assert_exit 0 "$PCARCH" trace --root "$tmp/project" -o run.json -- ./prog; }
# traced: the functions that ran, but for those that are inlined, or may be.
traced() {
	json run.json "[f'{f[\"function\"]} {f[\"file\"]} {f[\"line\"]} {f[\"type\"]}' for f in d['functions']
		if f['function'] in ('main', 'leaf')]" | sort
}
# calls: caller and callee of those calls that have a place, with it.
calls() {
	json run.json "[f'{d[\"functions\"][c[\"caller\"]][\"function\"]}>{d[\"functions\"][c[\"callee\"]][\"function\"]} '
		f'{c[\"call_site\"][\"file\"]}:{c[\"call_site\"][\"line\"]}' for c in d['calls'] if c['call_site']]" | sort
}
whole='leaf>wrapped make/sub/leaf.c:5
main>leaf make/main.c:5
wrapped>inner make/sub/leaf.c:2'

cc=cc
for flags in '' -gdwarf-4 -gz=zlib '-static' '-static-pie' '-ffunction-sections -Wl,--gc-sections' -gsplit-dwarf \
	'-gdwarf-4 -gsplit-dwarf' '-gsplit-dwarf -gz=zlib' -flto; do
	# shellcheck disable=SC2086
	build $flags
	trace
	assert_equal "$(traced)" "$functions" "the functions, with '$flags'"
	assert_equal "$(calls)" "$whole" "the calls, with '$flags'"
	assert_err '(complete)'
	assert_lacks "$err" warning
done

# In a file of its own, found by its link, with what is split beside it.
build -gz=zlib
objcopy --only-keep-debug prog prog.debug
objcopy --strip-all --add-gnu-debuglink=prog.debug prog
trace
assert_equal "$(traced)" "$functions" 'the functions, by a debug link'
assert_equal "$(calls)" "$whole" 'the calls, by a debug link'

# What was split is gone, or packed: what the program itself has is used, and the rest is said.
without='leaf>inner make/sub/leaf.c:2
main>leaf make/main.c:5'
lost() {
	rm -f ./*.dwo sub/*.dwo
	trace
	assert_equal "$(traced)" "${functions//3/0}" "the functions, $1"
	assert_equal "$(calls)" "$without" "the calls, $1"
	assert_err "prog: the debug information of 2 units is in .dwo files that are not where they were made, or in a .dwp"
}
build -gsplit-dwarf
lost 'without .dwo'
build -gdwarf-4 -gsplit-dwarf
if command -v dwp >/dev/null && dwp -e prog -o prog.dwp 2>/dev/null; then
	lost 'with a .dwp of DWARF 4'
fi
for dwp in llvm-dwp llvm-dwp-19; do
	command -v $dwp >/dev/null || continue
	build -gsplit-dwarf
	$dwp -e prog -o prog.dwp || fail "$dwp"
	lost "with a .dwp of $dwp"
	break
done
exit 0
