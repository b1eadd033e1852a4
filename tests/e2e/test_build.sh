# pcarch build: what compilers ran, in whatever way the build starts them, and the build undisturbed.
. "$(dirname "$0")/lib.sh"
need_pcarch build
need_command cc make
cd "$tmp" || exit 1
unset MAKEFLAGS LD_PRELOAD PCARCH_RECORD CCACHE_DIR
db=compile_commands.json

# files: the sources of the database, without the directory of the test.
files() { json "${1:-$db}" "[e['file'].replace('$PWD/', '') for e in d]" | tr '\n' ' '; }

# arguments FILE: those of its entries.
arguments() { json "$db" "[' '.join(e['arguments'][1:]) for e in d if e['file'].endswith('/$1')]"; }

build() { assert_exit "$1" "$PCARCH" build "${@:2}"; }

for name in a b c; do echo "int $name(void) { return 0; }" >$name.c; done
cat >Makefile <<'MAKE'
all: a.o b.o c.o
%.o: %.c
	@$(CC) -DNAME=\"$*\" -c $< -o $@
clean: ; rm -f *.o
MAKE

# A first build, one that has nothing to do, one that does a part.
build 0 -- make -s -j2
assert_out_is ''
assert_err_is "3 recorded, 0 kept: wrote $db; next: 'pcarch scan', 'pcarch trace -- ./PROGRAM'"
assert_equal "$(files)" 'a.c b.c c.c '
assert_equal "$(arguments a.c)" '-DNAME="a" -c a.c -o a.o'
assert_json $db "all(e['directory'] == '$PWD' for e in d)"
assert_json $db "d[0]['arguments'][0].startswith('/') and d[0]['output'] == 'a.o'"
cp $db first.json
build 3 -- make -s
assert_err "pcarch build: error: nothing was recorded, '$db' stays as it was"
assert_err 'make clean'
assert_same $db first.json
rm b.o
build 0 -- make -s
assert_err '1 recorded, 2 kept'
assert_same $db first.json
make -s clean >/dev/null
build 0 -q -o again.json -- make -s
assert_err_is ''
assert_same again.json first.json
rm a.c b.o
build 0 -- make -s b.o
assert_err '1 recorded, 1 kept, 1 dropped whose source is gone'
assert_equal "$(files)" 'b.c c.c '
rm c.o
build 0 --fresh -- make -s c.o
assert_err '1 recorded, 0 kept'
assert_equal "$(files)" 'c.c '
echo 'int a(void) { return 0; }' >a.c

# The build's status and streams are its own.
build 7 --fresh -- sh -c 'cat; cc -c a.c; echo talk >&2; exit 7' <<<'typed'
assert_out_is typed
assert_err 'talk'
assert_err 'the build failed: what it compiled until then is recorded'
assert_equal "$(files)" 'a.c '
build 5 -- sh -c 'exit 5'
assert_err 'the build failed before it compiled anything'
build 143 --fresh -- sh -c 'cc -c b.c; kill $$'
assert_equal "$(files)" 'b.c '
build 127 -- ./no-such-program
assert_err "cannot run './no-such-program': No such file or directory"
build 126 -- ./a.c

# A signal for us is the build's, which may tidy up; what it had compiled is kept.
mkfifo pipe
for signal in INT TERM; do
	# Without job control a background command ignores SIGINT, and so would its child.
	setsid env --default-signal="$signal" "$PCARCH" build --fresh -- sh -c \
		"trap 'echo tidy; exit 9' $signal; cc -c c.c; echo ready; while :; do sleep 0.05; done" \
		>pipe 2>err &
	pids=($!)
	exec 7<pipe
	read -r -u 7 line
	assert_equal "$line" ready
	kill -s "$signal" "${pids[0]}"
	read -r -u 7 line
	assert_equal "$line" tidy
	status=0
	wait "${pids[0]}" || status=$?
	exec 7<&-
	pids=()
	assert_equal "$status" 9 "exit status after SIG$signal"
	assert_equal "$(files)" 'c.c '
done

# Wrong usage and a database that cannot be kept are told before the build starts.
build 2 make
assert_err "give the build's command after '--': 'pcarch build -- make'"
build 2 --
build 2 -o - -- touch ran
build 2 -o missing/$db -- touch ran
assert_err "cannot write into 'missing'"
echo '[{"file": 1}]' >bad.json
build 2 -o bad.json -- touch ran
assert_err "bad.json: error: byte 1: the entry needs 'directory'"
assert_err -- '--fresh'
[ ! -e ran ] || fail 'the build ran'
for blank in '' '[]'; do
	echo "$blank" >blank.json
	build 0 -o blank.json -- cc -c a.c
	assert_err '1 recorded, 0 kept'
done

# Wherever it runs and whatever starts it.
mkdir -p deep/er
build 0 --fresh -- sh -c '(cd deep && cc -c ../a.c); bash -c "exec -a cc gcc -c b.c"; xargs cc -c <<X
c.c
X'
assert_equal "$(files)" 'b.c c.c deep/../a.c '
build 0 --fresh -- python3 -c 'import os, subprocess
subprocess.run(["cc", "-c", "a.c"])
os.posix_spawnp("cc", ["cc", "-c", "b.c"], os.environ)
os.wait()
os.system("cc -c c.c")'
assert_equal "$(files)" 'a.c b.c c.c '
build 0 --fresh -- sh -c 'cc -c a.c b.c && cc -o prog -shared a.o b.o && cc -E c.c >c.i && cc -MM c.c'
assert_equal "$(files)" 'a.c b.c '
assert_equal "$(arguments b.c)" '-c b.c'
build 3 -- env -i PATH="$PATH" cc -c a.c
assert_err 'cleared environment'

# Response files, though they are gone afterwards.
printf -- '-DX="two words"\nc.c' >rsp
build 0 --fresh -- sh -c 'cc @rsp -c && rm rsp'
assert_equal "$(json $db "d[0]['arguments'][1:]" | tr '\n' '|')" '-DX=two words|c.c|-c|'

# A command line far beyond what a pipe takes at once, from two processes at a time.
cat >Makefile.long <<'MAKE'
long := $(shell seq -f -DLONG_NAME_OF_A_MACRO_%g 2000)
all: a.o b.o c.o
%.o: %.c ; @$(CC) $(long) -c $<
MAKE
rm -f ./*.o
build 0 --fresh -- make -s -j3 -f Makefile.long
assert_json $db "[len(e['arguments']) for e in d] == [2003] * 3"

# Probes of configure, which stay or go.
build 0 --fresh -v -- sh -c 'cp a.c conftest.c; cc -c conftest.c; cp a.c gone.c; cc -c gone.c; rm gone.c; cc -c a.c'
assert_equal "$(files)" 'a.c '
assert_err 'conftest.c'
assert_err 'gone.c'

# Nothing of ours is left, neither in what the compiler starts nor on disk.
mkdir scratch
cat >show <<'SH'
#!/bin/sh
env >env.txt
exec "$@"
SH
chmod +x show
TMPDIR=$tmp/scratch build 0 --fresh -- gcc -wrapper ./show -c a.c
grep -qx 'PCARCH_RECORD=' env.txt || fail 'the compiler passes PCARCH_RECORD on'
assert_equal "$(ls scratch)" '' 'the temporary directory'

# Installed, and moved.
if [ -f "$BUILD_DIR/CMakeCache.txt" ] && command -v cmake >/dev/null; then
	assert_exit 0 cmake --install "$BUILD_DIR" --prefix "$tmp/first"
	mv first second
	assert_exit 0 second/bin/pcarch build --fresh -- cc -c c.c
	assert_equal "$(files)" 'c.c '
fi

# What the user preloads stays, and an odd path of ours does not matter.
mkdir 'an odd: $ORIGIN place'
cp "$(readlink -f "$PCARCH")" 'an odd: $ORIGIN place/pcarch'
cp "$(dirname "$(readlink -f "$PCARCH")")/libpcarch-recorder.so" 'an odd: $ORIGIN place/'
assert_exit 0 './an odd: $ORIGIN place/pcarch' build --fresh --no-instrument -- cc -c b.c
assert_equal "$(files)" 'b.c '
assert_err_is "1 recorded, 0 kept: wrote $db; next: 'pcarch scan'"
cp "$(dirname "$(readlink -f "$PCARCH")")"/libpcarch-trace.so 'an odd: $ORIGIN place/'
assert_exit 2 './an odd: $ORIGIN place/pcarch' build --fresh -- touch ran
assert_err "there is a ':' or '\$' in its path"
cc -shared -fPIC -o libmine.so a.c
LD_PRELOAD=$PWD/libmine.so build 0 --fresh -- sh -c 'cc -c a.c; grep -q libmine /proc/$$/maps && echo mine'
assert_out mine

# A build may run what it built, with AddressSanitizer, too.
echo 'int main(void) { return 0; }' >main.c
if gcc -fsanitize=address main.c -o main 2>/dev/null && ./main; then
	build 0 --fresh -- sh -c 'gcc -fsanitize=address main.c -o main && ./main'
fi

# ccache, in both its forms, on a miss and on a hit: the command that the build gave, once.
if command -v ccache >/dev/null; then
	export CCACHE_DIR=$tmp/ccache
	ln -s "$(command -v ccache)" gcc
	for round in miss hit; do
		build 0 --fresh -- sh -c "ccache gcc -c a.c -o a.o; ./gcc -c b.c; ccache -s >/dev/null"
		assert_equal "$(files)" 'a.c b.c ' "ccache, $round"
		assert_equal "$(arguments a.c)" '-c a.c -o a.o' "ccache, $round"
	done
	rm gcc
fi

# ninja and CMake, whose database it brings up to date.
if command -v cmake >/dev/null && command -v ninja >/dev/null; then
	mkdir project
	cp a.c main.c project
	cat >project/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.13)
project(project C)
include(CheckFunctionExists)
check_function_exists(puts HAS_PUTS)
add_executable(project main.c a.c)
CMAKE
	build 0 -o out.json -- sh -c 'cmake -S project -B project/out -G Ninja >/dev/null && ninja -C project/out >/dev/null'
	assert_err '2 recorded'
	assert_equal "$(files out.json)" 'project/a.c project/main.c '
	cmake -S project -B project/out -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >/dev/null || fail 'cmake'
	touch project/a.c
	build 0 -o project/out/$db -- ninja -C project/out
	assert_err '1 recorded, 1 kept'
fi
