# pcarch build makes programs traceable, however the build starts its compilers, and nothing else.
. "$(dirname "$0")/lib.sh"
need_pcarch build trace
need_command cc make
cd "$tmp" || exit 1
unset MAKEFLAGS LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT CCACHE_DIR

cat >main.c <<'C'
int twice(int n);
int main(void) { return twice(2) + twice(3) != 10; }
C
echo 'int twice(int n) { return 2 * n; }' >twice.c

# traced PROGRAM: it runs, and calls twice() twice.
traced() {
	assert_exit 0 "$PCARCH" trace -q -o run.json -- "$1"
	assert_json run.json "sum(c['count'] for c in d['calls'] if c['caller'] is not None and
		d['functions'][c['callee']]['function'] == 'twice') == 2"
	assert_json run.json "d['summary']['complete']"
	rm run.json
}

build() { assert_exit 0 "$PCARCH" build -q --fresh "${@}"; }

# One step, several, a library, by whatever path.
build -- cc main.c twice.c -o prog
traced ./prog
assert_json compile_commands.json "all('patchable' not in ' '.join(e['arguments']) for e in d)"
build -- sh -c 'cc -O2 -c main.c && "$(command -v cc)" -c twice.c && cc main.o twice.o -o prog'
traced ./prog
build -- sh -c 'cc -shared -fPIC twice.c -o libtwice.so && cc main.c -L. -ltwice -Wl,-rpath,$PWD -Wl,--as-needed -o prog'
traced ./prog
cat >Makefile <<'MAKE'
prog: main.o twice.o ; $(CC) -Wl,--gc-sections -Wl,-z,defs $^ -o $@
MAKE
rm -f ./*.o
build -- make -s -j2
traced ./prog
build -- sh -c 'cc -c main.c twice.c && printf "main.o\ntwice.o -o prog" >rsp && cc @rsp && printf -- "-c twice.c" >rsp && cc -Werror @rsp'
traced ./prog
build -- sh -c 'cc -c twice.c && ar rcs libtwice.a twice.o && cc main.c libtwice.a -o prog'
traced ./prog

# Without it, as it was; and what the runtime is told when nobody traces.
build --no-instrument -- cc main.c twice.c -o prog
printf '#!/bin/sh\n./prog\n' >script
chmod +x script
assert_exit 125 "$PCARCH" trace -- ./script
assert_err 'nothing was recorded: no process that ran was built to be traced'
assert_err "'pcarch build -- make'"
[ ! -e dynamic.json ] || fail 'a file of nothing was written'
build -- cc main.c twice.c -o prog
assert_exit 0 ./prog
assert_out_is ''
assert_err_is ''

# The other ways.
build --mode portable -- cc main.c twice.c -o prog
traced ./prog
if [ "$(uname -m)" = x86_64 ]; then
	cat >pointer.c <<'C'
static int twice(int n) { return 2 * n; }
int (*volatile f)(int) = twice;
int main(void) { return f(2) + f(3) != 10; }
C
	build --mode indirect -- cc -O2 pointer.c -o prog
	assert_exit 0 "$PCARCH" trace -q -o run.json -- ./prog
	assert_json run.json "sum(c['count'] for c in d['calls'] if d['functions'][c['callee']]['function'] == 'twice') == 2"
	assert_json run.json "not d['summary']['complete'] and d['processes'][0]['mode'] == 'indirect'"
fi
assert_exit 2 "$PCARCH" build --mode all -- touch ran
[ ! -e ran ] || fail 'the build ran'

# What it must leave alone: questions, probes, tools with a compiler's name, other machines.
build --no-instrument -- cc -c twice.c -o plain.o
cp twice.c conftest.c
cc -c conftest.c -o conftest-plain.o
"$PCARCH" build -q --fresh -- sh -c 'cc -c conftest.c -o conftest.o; cc -c twice.c -o ours.o' || fail 'a probe'
cmp conftest.o conftest-plain.o || fail 'a probe was changed'
cmp -s ours.o plain.o && fail 'a source was not'
build -- sh -c 'cc --version >version && cc -print-search-dirs >dirs && cc -E main.c >main.i && cc -M main.c >deps && cc -c twice.c'
grep -q . version && grep -q . dirs && grep -q main.c deps || fail 'a question was not answered'
if command -v gcc-ar >/dev/null; then
	build -- sh -c 'cc -c twice.c && gcc-ar rcs libagain.a twice.o'
fi
build -- cc -r -nostdlib plain.o main.c -o whole.o

# With other compilers and launchers.
if command -v clang >/dev/null || command -v clang-19 >/dev/null; then
	clang=$(command -v clang || command -v clang-19)
	build -- "$clang" -Werror main.c twice.c -o prog
	traced ./prog
	build -- sh -c "$clang -Werror -c main.c twice.c && $clang -Werror main.o twice.o -o prog"
	traced ./prog
	build --mode portable -- "$clang" -Werror main.c twice.c -o prog
	traced ./prog
fi
if command -v g++ >/dev/null; then
	echo 'extern "C" int twice(int n); int main() { return twice(2) + twice(3) != 10; }' >main.cc
	build -- sh -c 'cc -c twice.c && g++ -c main.cc && g++ main.o twice.o -o prog'
	assert_exit 0 "$PCARCH" trace -q -o run.json -- ./prog
	assert_json run.json "'twice' in [f['function'] for f in d['functions']]"
fi
if command -v ccache >/dev/null; then
	export CCACHE_DIR=$tmp/ccache
	for round in miss hit; do
		build -- sh -c 'ccache cc -c main.c && ccache cc -c twice.c && ccache cc main.o twice.o -o prog'
		traced ./prog
	done
fi
if echo 'int main(void) { return 0; }' | cc -xc - -static -o static 2>/dev/null; then
	build -- cc -static main.c twice.c -o prog
	traced ./prog
fi
if command -v cmake >/dev/null && command -v ninja >/dev/null; then
	cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.13)
project(project C)
add_library(twice SHARED twice.c)
add_executable(prog main.c)
target_link_libraries(prog twice)
CMAKE
	build -- sh -c 'cmake -S . -B out -G Ninja >/dev/null && cmake --build out >/dev/null'
	traced out/prog
fi
