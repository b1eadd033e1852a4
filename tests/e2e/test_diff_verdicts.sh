# pcarch diff on programs that run: every verdict has its cause, what was learned is known, and real code
# that compilers have optimised shows no call that is not there.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace diff
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
cd "$tmp" || exit 1

# made COMMAND: build it afresh, and scan it.
made() {
	rm -f compile_commands.json
	assert_exit 0 "$PCARCH" build -q -- sh -c "$1"
	assert_exit 0 "$PCARCH" scan -q --no-cache
}
# compared RECORDING...: into diff.json.
compared() {
	"$PCARCH" diff -q --fail-on none --format json=diff.json static.json "$@"
	assert_equal $? 0 'exit status of diff'
}
# verdict NAME CALLER CALLEE: there is that call, with that verdict.
verdict() {
	assert_json diff.json "any(c['verdict'] == '$1' and (c['caller'] or {}).get('function', '') == '$2'
		and c['callee']['function'] == '$3' for c in d['runtime_only_calls'])"
}
count() { assert_json diff.json "d['summary']['runtime_only_call_count'] == $1"; }

# A name that is made up while it runs: the scan says that it cannot know, until a run has taught it.
mkdir hole && cd hole || exit 1
cat >main.c <<'C'
#include <dlfcn.h>
#include <stdio.h>
int command_a(int x) { return x + 1; }
int command_b(int x) { return x + 2; }
int main(int argc, char **argv)
{
	char name[32];
	int (*f)(int);

	snprintf(name, sizeof(name), "command_%c", argc > 1 ? argv[1][0] : 'a');
	f = (int (*)(int))dlsym(RTLD_DEFAULT, name);
	return f ? f(1) > 9 : 3;
}
C
made 'cc -g -rdynamic main.c -o program -ldl'
assert_exit 0 "$PCARCH" trace -q -o a.json -- ./program a
assert_exit 0 "$PCARCH" trace -q -o b.json -- ./program b
compared a.json b.json
count 2
verdict predicted-hole main command_a
verdict predicted-hole main command_b
cp diff.json first.json
compared b.json a.json
assert_same first.json diff.json
assert_exit 1 "$PCARCH" diff -q --learn .pcarch-learned.json static.json a.json b.json
assert_exit 0 "$PCARCH" validate .pcarch-learned.json
sed -i '1i /* moved */' main.c
assert_exit 0 "$PCARCH" scan --no-cache
assert_err '2 learned calls'
assert_json static.json "sum(c['via'] == 'learned' for c in d['calls']) == 2"
assert_json static.json "[s['state'] for s in d['call_sites'] if s.get('expression', {}).get('name') == 'f'] == ['open']"
compared a.json b.json
count 0
sed -i 's/command_b/command_c/' main.c
assert_exit 0 "$PCARCH" scan --no-cache
assert_err "the learned call of 'command_b' by 'main' is stale: there is no such callee"
cd ..

# A plug-in that nobody scanned; and, of another object, what is bound in place of ours.
mkdir foreign && cd foreign || exit 1
cat >main.c <<'C'
#include <dlfcn.h>
int answer(void);
int main(void)
{
	void *plugin = dlopen("./plugin.so", RTLD_NOW);
	int (*run)(int) = plugin ? (int (*)(int))dlsym(plugin, "run") : 0;
	return run ? run(1) + answer() : 3;
}
C
echo 'int answer(void) { return -2; }' >answer.c
echo 'int run(int x) { return x + 1; }' >plugin.c
echo 'int answer(void) { return -2 + 0 * 1; }' >other.c
made 'cc -g -shared -fPIC answer.c -o libanswer.so && cc -g main.c -o program -ldl ./libanswer.so'
mv compile_commands.json database
assert_exit 0 "$PCARCH" build -q -- sh -c 'cc -g -shared -fPIC plugin.c -o plugin.so && cc -g -shared -fPIC other.c -o other.so'
assert_exit 0 "$PCARCH" trace -q -o run.json -- ./program
compared run.json
count 1
verdict foreign main run
assert_exit 0 "$PCARCH" trace -q -o preload.json -- env LD_PRELOAD=./other.so ./program
compared preload.json
verdict interposed main answer
cd ..

# The source was edited between the scan and the build.
mkdir stale && cd stale || exit 1
printf 'static int f(int x) { return x; }\nint main(void)\n{\n\treturn f(0);\n}\n' >main.c
made 'cc -g main.c -o program'
printf 'static int f(int x) { return x; }\n\n\nint g(void) { return f(0); }\nint main(void)\n{\n\treturn f(0) + g();\n}\n' >main.c
assert_exit 0 "$PCARCH" build -q -- cc -g main.c -o program
assert_exit 0 "$PCARCH" trace -q -o run.json -- ./program
compared run.json
assert_json diff.json "d['summary']['verdicts']['stale'] == d['summary']['runtime_only_call_count'] > 0"
cd ..

# One mechanism of C each: the call graph is right, so nothing is seen that it does not have.
for cc in gcc clang-19; do
	command -v $cc >/dev/null || continue
	for name in qsort field sigaction cleanup statement_expression macro_method at_exit thread_once swap_pointers; do
		mkdir "$cc-$name" && cd "$cc-$name" || exit 1
		cp "$SOURCE_DIR/tests/calls/$name.c" .
		made "$cc -g -O2 $name.c -o program -lpthread"
		assert_exit 0 "$PCARCH" trace -q -o run.json -- ./program
		compared run.json
		count 0
		cd ..
	done
done
