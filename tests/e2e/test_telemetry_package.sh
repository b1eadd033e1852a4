# libpcarch-telemetry as others get it: installed and moved, shared and static, in C11 and C++17, with the tracer and
# without; and what must not compile, does not.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/telemetry/telemetry.sh"
need_command pkg-config cmake g++ nm
[ -f "$BUILD_DIR/CMakeCache.txt" ] || skip "there is no build in '$BUILD_DIR'"
cd "$tmp" || exit 1

assert_exit 0 cmake --install "$BUILD_DIR" --prefix "$tmp/first"
mv first second
export PKG_CONFIG_PATH=$tmp/second/lib/pkgconfig
flags() { pkg-config "$@" pcarch-telemetry || fail "pkg-config $* fails"; }
library=second/lib/libpcarch-telemetry

# Only the API is to be seen, of both; and libc is all that is needed.
symbols='pcarch_adopt pcarch_allow_key_literal pcarch_attach pcarch_begin pcarch_branch pcarch_checkpoint pcarch_command pcarch_current_guid pcarch_detach pcarch_dispatch pcarch_dropped pcarch_end pcarch_error pcarch_event_literal pcarch_exec_environment pcarch_external_begin pcarch_external_end pcarch_extract pcarch_ffi_call_literal pcarch_inject pcarch_login pcarch_on_error pcarch_routed pcarch_span_begin pcarch_span_end pcarch_step_literal'
assert_equal "$(nm -D --defined-only $library.so | awk '{print $3}' | sort | xargs)" "$symbols" 'symbols of the shared library'
assert_equal "$(nm -g --defined-only $library.a | awk 'NF == 3 {print $3}' | sort | xargs)" "$symbols" 'symbols of the archive'
assert_equal "$(readelf -d $library.so | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | xargs)" libc.so.6
assert_equal "$(readelf -d $library.so | grep -c TEXTREL)" 0 'relocations in text'

# What is in the header is what there is.
for name in $symbols; do
	grep -q "$name(" second/include/pcarch_trace.h || fail "$name is not in the header"
done

vault=$telemetry/vault.c
# shellcheck disable=SC2046
gcc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror $(flags --cflags) "$vault" -o shared $(flags --libs) -pthread || fail 'C11 does not compile'
# shellcheck disable=SC2046
gcc -std=c11 -D_GNU_SOURCE $(flags --cflags) "$vault" -o static $(flags --variable=libs_static) || fail 'the archive does not link'
# shellcheck disable=SC2046
gcc -static -std=c11 -D_GNU_SOURCE $(flags --cflags) "$vault" -o alone $(flags --variable=libs_static) || fail 'a static program does not link'
for program in shared static alone; do
	fresh
	assert_exit 0 ./$program get
	verify
	assert_log "[r['event'] for r in e][-1] == 'log.checkpoint' and e[-1]['log']['last'] and by('command.end')[0]['route'] == 'get'"
	assert_exit 1 ./$program put x
	assert_log "by('command.error')[0]['error']['stack'][0].startswith('$program[')"
done
assert_equal "$(ldd static | grep -c pcarch)" 0 'libraries of ours'

# C++17: spans end with their scope, also by an exception.
cat >scopes.cc <<'CC'
#include <pcarch_trace.h>
#include <stdexcept>
static void fail()
{
	PCARCH_SPAN("inner");
	throw std::runtime_error("no");
}
int main()
{
	pcarch_start start{};
	start.program = "scopes";
	pcarch_execution *run = pcarch_begin(&start);
	pcarch_step(PCARCH_STEP_COMMAND, "try");
	PCARCH_BRANCH("way", "thrown");
	try {
		PCARCH_SPAN_SLOW("outer", 1000);
		fail();
	} catch (const std::exception &) {
		pcarch_event(PCARCH_LEVEL_WARN, "scopes.caught",
			PCARCH_FIELDS(pcarch_text("kind", "runtime"), pcarch_number("count", 1)));
		pcarch_event(PCARCH_LEVEL_INFO, "scopes.empty", PCARCH_NO_FIELDS);
	}
	pcarch_end(run, 0);
}
CC
for compiler in g++ clang++-19; do
	command -v $compiler >/dev/null || continue
	# shellcheck disable=SC2046
	$compiler -std=c++17 -Wall -Wextra -Wpedantic -Werror $(flags --cflags) scopes.cc -o scopes $(flags --libs) || fail "C++17 does not compile with $compiler"
	fresh
	PCARCH_LOG_LEVEL=trace assert_exit 0 ./scopes
	verify
	assert_log "[r['metadata']['span'] for r in by('span.end')] == ['inner', 'outer'] and by('span.end')[0]['parent_span_id'] == by('span.end')[1]['span_id']"
	assert_log "by('scopes.caught')[0]['metadata'] == {'kind': 'runtime', 'count': 1} and by('command.end')[0]['steps'][2] == 'BRANCH:way=thrown'"
done

# A variable where a literal has to be does not compile; the same with a literal does.
refuses() {
	local good=${1//VALUE/\"text\"} bad=${1//VALUE/text}
	for line in "$good" "$bad"; do
		printf '#include <pcarch_trace.h>\nint f(void *p);\nint f(void *p) { (void)p; return 0; }\nint main(int argc, char **argv)\n{\n\tconst char *text = argv[argc - 1];\n\t(void)text;\n\t%s;\n\treturn 0;\n}\n' "$line" >literal.c
		for compiler in 'gcc -std=c11' 'g++ -x c++ -std=c++17'; do
			# shellcheck disable=SC2046
			if $compiler $(flags --cflags) -c literal.c -o literal.o 2>literal.err; then
				[ "$line" = "$good" ] || fail "compiles with a variable: $bad"
			else
				[ "$line" = "$bad" ] || fail "does not compile: $good: $(cat literal.err)"
			fi
		done
	done
}
refuses 'PCARCH_BRANCH(VALUE, "net")'
refuses 'PCARCH_BRANCH("source", VALUE)'
refuses 'pcarch_step(PCARCH_STEP_COMMAND, VALUE)'
refuses 'pcarch_event(PCARCH_LEVEL_INFO, VALUE, PCARCH_NO_FIELDS)'
refuses 'PCARCH_SPAN(VALUE)'
refuses 'pcarch_ffi_call(VALUE, f, NULL, 0)'
refuses 'pcarch_allow_key(VALUE)'

# PCARCH_BRANCH needs no library.
printf '#include <pcarch_trace.h>\nint main(void) { PCARCH_BRANCH("a", "b"); return 0; }\n' >branch.c
# shellcheck disable=SC2046
gcc $(flags --cflags) branch.c -o branch || fail 'PCARCH_BRANCH needs a library'
assert_exit 0 ./branch

# Beside the tracer's runtime, in the same program.
if [ -e second/lib/libpcarch-trace.so ]; then
	# shellcheck disable=SC2046
	gcc -std=c11 -D_GNU_SOURCE $(flags --cflags) $(pkg-config --cflags pcarch-trace) "$vault" -o both $(pkg-config --libs pcarch-trace pcarch-telemetry) -pthread || fail 'does not link with both'
	fresh
	mkdir recordings
	PCARCH_TRACE=recordings assert_exit 0 ./both fork 1
	verify
	assert_log "sorted(len(r['steps']) for r in by('command.end')) == [4, 5]"
fi

mkdir project
cp "$vault" project
cat >project/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.13)
project(project C)
find_package(pcarch-telemetry REQUIRED)
add_compile_definitions(_GNU_SOURCE)
foreach(kind telemetry telemetry-static)
  add_executable(${kind} vault.c)
  target_link_libraries(${kind} pcarch::${kind} pthread)
endforeach()
CMAKE
assert_exit 0 cmake -S project -B project/build -Dpcarch-telemetry_DIR="$tmp/second/lib/cmake/pcarch-telemetry"
assert_exit 0 cmake --build project/build
for kind in telemetry telemetry-static; do
	fresh
	assert_exit 0 project/build/$kind get
	assert_log "by('command.end')[0]['route'] == 'get'"
done
