# The runtime as others get it: installed, moved, found by pkg-config and by CMake.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/tracer/tracer.sh"
need_command pkg-config cmake
[ -f "$BUILD_DIR/CMakeCache.txt" ] || skip "there is no build in '$BUILD_DIR'"
cd "$tmp" || exit 1

assert_exit 0 cmake --install "$BUILD_DIR" --prefix "$tmp/first"
mv first second
export PKG_CONFIG_PATH=$tmp/second/lib/pkgconfig

flags() { pkg-config "$@" pcarch-trace || fail "pkg-config $* fails"; }

# shellcheck disable=SC2046
gcc -O2 $(flags --cflags) "$programs/roots.c" -o roots $(flags --libs) -pthread || fail 'cannot compile with the flags of pkg-config'
ldd roots | grep -q "=> $tmp/second/lib/" || fail "$(ldd roots)"
record ./roots
assert_edge main leaf 1000
for mode in portable indirect; do
	# shellcheck disable=SC2046
	gcc -O2 $(flags --variable=cflags_$mode) "$programs/indirect.c" -o indirect $(flags --libs) || fail "cannot compile for $mode"
	mode=edges record ./indirect
	assert_equal "$status" 0
	assert_edge main add 50
done
mode=edges

# Only what has to be seen from outside is.
assert_equal "$(nm -D --defined-only second/lib/libpcarch-trace.so | awk '{print $3}' | sort | tr '\n' ' ')" \
	'execl execle execlp execv execve execveat execvp execvpe fexecve pcarch_attach_object pcarch_detach_object pcarch_enter_function pcarch_enter_span pcarch_exit_function pcarch_lane pcarch_miss pcarch_miss_indirect pcarch_tell_execution pcarch_tick posix_spawn posix_spawnp '
assert_equal "$(readelf -d second/lib/libpcarch-trace.so | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | tr '\n' ' ')" 'libc.so.6 '

mkdir project
cp "$programs/plugin.c" "$programs/plugins.c" "$programs/work.h" project
cat >project/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.13)
project(project C)
find_package(pcarch-trace REQUIRED)
add_executable(plugins plugins.c)
target_link_libraries(plugins dl)
pcarch_instrument(plugins MODE ${MODE})
foreach(name red blue)
  add_library(${name} MODULE plugin.c)
  target_compile_definitions(${name} PRIVATE PLUGIN=${name})
  pcarch_instrument(${name})
endforeach()
CMAKE
assert_exit 0 env CFLAGS=-O1 cmake -S project -B project/build -DMODE=portable -Dpcarch-trace_DIR="$tmp/second/lib/cmake/pcarch-trace"
assert_exit 0 cmake --build project/build
record project/build/plugins project/build/libred.so project/build/libblue.so
assert_equal "$status" 0
assert_edge use work 100
assert_edge work red_leaf 50
assert_nothing_dropped
run cmake -S project -B project/build -DMODE=fast
assert_err "no mode 'fast'; use edges, indirect or portable"

# What compilers are told is the same, whoever tells them: pcarch build, pkg-config, the CMake package.
mkdir -p fake project2
cat >fake/compiler.c <<'C'
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
	FILE *told = fopen("told", "w");
	for (int i = 1; told && i < argc; i++)
		if (strncmp(argv[i], "-f", 2) == 0 || strncmp(argv[i], "-m", 2) == 0)
			fprintf(told, "%s\n", argv[i]);
	return !told || fclose(told) != 0;
}
C
cc fake/compiler.c -o fake/gcc && cp fake/gcc fake/clang || exit 1
echo 'int main(void) { return 0; }' >project2/main.c
cat >project2/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.13)
project(project2 C)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
find_package(pcarch-trace REQUIRED)
add_executable(main main.c)
pcarch_instrument(main MODE ${MODE})
CMAKE
for way in edges indirect portable; do
	assert_exit 0 "$PCARCH" build -q -o told.json --fresh --mode $way -- "$tmp/fake/gcc" -c project2/main.c
	told=$(sort told)
	assert_equal "$(flags --variable=cflags_$way | tr ' ' '\n' | grep '^-[fm]' | sort)" "$told" "pkg-config's flags for $way"
	grep -qx -- -fno-ipa-icf <<<"$told" || fail "GCC may fold functions with equal bodies for $way"
	rm -rf project2/build
	assert_exit 0 cmake -S project2 -B project2/build -DCMAKE_C_COMPILER=gcc -DMODE=$way \
		-Dpcarch-trace_DIR="$tmp/second/lib/cmake/pcarch-trace"
	json project2/build/compile_commands.json "d[0]['command'].split()" | grep '^-[fm]' | sort >cmake_told
	assert_equal "$(cat cmake_told)" "$told" "CMake's flags for $way"
	assert_exit 0 "$PCARCH" build -q -o told.json --fresh --mode $way -- "$tmp/fake/clang" -c project2/main.c
	assert_equal "$(flags --variable=cflags_${way}_clang | tr ' ' '\n' | grep '^-[fm]' | sort)" "$(sort told)" \
		"pkg-config's flags for $way with clang"
done
