# Command lines as databases have them: response files, duplicates, variants, flags that only GCC knows,
# flags that write, and flags that a stranger wrote to have something run.
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3 cc
mkdir "$tmp/tree" "$tmp/outside" && cd "$tmp/tree" || exit 1

cat >main.c <<'C'
#ifdef WITH
int with(int);
int main(void) { return with(1); }
#else
int without(int);
int main(void) { return without(1); }
#endif
C
mkdir include
echo 'int from_header(int);' >include/own.h
printf '#include "own.h"\nint user(void) { return from_header(NUMBER); }\n' >user.c

# entries JSON...: the database; "@" is this directory.
entries() {
	python3 - "$PWD" "$@" <<'PYTHON'
import json, sys
rows = [json.loads(row) for row in sys.argv[2:]]
for row in rows:
    row.setdefault("directory", sys.argv[1])
with open("compile_commands.json", "w", encoding="utf-8") as out:
    json.dump(rows, out)
PYTHON
}

# untouched COMMAND...: run it; nothing in the tree or outside of it is new or changed, but static.json.
untouched() {
	local new
	touch "$tmp/stamp"
	run "$@"
	new=$(find "$tmp/tree" "$tmp/outside" -newer "$tmp/stamp" ! -name static.json ! -path "$tmp/tree")
	[ -z "$new" ] || fail "the scan wrote into the tree: $new"
}

callees() { json static.json "sorted(d['functions'][c['callee']]['function'] for c in d['calls'])" | tr '\n' ' '; }

# One entry twice is one unit; with other flags it is another unit; a response file may name others.
printf -- '-DNUMBER=1 @more.rsp' >flags.rsp
printf -- "-I 'include'\n-DWITH" >more.rsp
entries '{"file": "main.c", "command": "cc -c main.c"}' \
	'{"file": "./main.c", "command": "cc -c main.c"}' \
	'{"file": "main.c", "arguments": ["cc", "-O2", "-c", "main.c", "-o", "other.o"]}' \
	'{"file": "main.c", "arguments": ["cc", "@flags.rsp", "-c", "main.c"]}' \
	'{"file": "user.c", "arguments": ["cc", "@flags.rsp", "-c", "user.c"]}' \
	'{"file": "user.c", "arguments": ["cc", "@missing.rsp", "-DNUMBER=2", "-Iinclude", "-c", "user.c"]}'
untouched "$PCARCH" scan -v
assert_equal "$status" 0 "exit status"
assert_err "missing.rsp"
assert_json static.json "[(u['file'], u.get('variant', 0)) for u in d['units']] == [('main.c', 0), ('main.c', 1), ('main.c', 2), ('user.c', 0), ('user.c', 1)]"
assert_equal "$(callees)" "from_header with without " "callees"

# Flags of GCC that clang does not know, or that stop it: the unit is read without them.
entries '{"file": "main.c", "arguments": ["gcc", "-fstack-usage", "-fno-ipa-sra", "-fanalyzer", "-fcallgraph-info=su,da", "-Wno-stringop-overflow", "-mno-such-flag", "-march=no-such-cpu", "-mtune=k9000", "-DWITH", "--param=max-gcse-memory=1", "-specs=/dev/null", "-flto=auto", "-ffat-lto-objects", "-Wp,-D_FORTIFY_SOURCE=2", "-std=gnu17", "-x", "c", "-c", "main.c"]}'
untouched "$PCARCH" scan -v
assert_equal "$status" 0 "exit status"
assert_equal "$(callees)" "with " "callees"
assert_json static.json "d['units'][0]['status'] == 'parsed'"

# each ARGUMENTS...: a database of one unit for each list of arguments, and one scan of it; each unit
# has its call, and nothing is written or run. In ARGUMENTS "@" is this directory.
each() {
	local n=0 arguments rows=()
	for arguments; do
		n=$((n + 1))
		printf '#ifdef WITH\nint callee%d(int);\nint f%d(void) { return callee%d(1); }\n#endif\n' $n $n $n >unit$n.c
		rows+=("{\"file\": \"unit$n.c\", \"arguments\": [${arguments//@/$PWD}, \"-DWITH\", \"-c\", \"unit$n.c\"]}")
	done
	entries "${rows[@]}"
	untouched env PATH="$PWD:$PATH" "$PCARCH" scan --no-cache -v
	[ -z "$(ls "$tmp/outside")" ] || fail "something was run or written: $(ls "$tmp/outside")"
	assert_equal "$status" 0 "exit status"
	for n in $(seq $#); do
		[[ " $(callees)" = *" callee$n "* ]] || fail "unit$n.c has lost its call with ${!n}"
	done
	rm unit*.c
}

# Flags that write: dependency files, objects, temporaries, profiles, plans.
each '"cc", "-MD", "-MF", "main.d"' '"cc", "-MMD"' '"cc", "-Wp,-MD,main.d"' '"cc", "-Wp,-MMD,../outside/main.d"' \
	'"cc", "-o", "main.o"' '"cc", "-save-temps"' '"cc", "-save-temps=obj"' '"cc", "--save-temps"' '"cc", "-ftime-trace"' \
	'"cc", "-ftime-trace=../outside/t"' '"cc", "-MJ", "main.json"' '"cc", "--serialize-diagnostics", "main.dia"' \
	'"cc", "-fstack-usage"' '"cc", "-gsplit-dwarf"' '"cc", "-fprofile-arcs", "-ftest-coverage"' '"cc", "-S"' \
	'"cc", "-dumpdir", "../outside/"' '"cc", "-fdump-tree-all"' '"cc", "-fproc-stat-report=stat"' '"cc", "-emit-llvm"' \
	'"cc", "-fcrash-diagnostics-dir=../outside"' '"cc", "-Xclang", "-dependency-file", "-Xclang", "main.d"' \
	'"cc", "-fmodules", "-fmodules-cache-path=../outside/modules"' '"cc", "-dependency-dot", "main.dot"'

# A command that only preprocesses makes no object, so it is no unit.
entries '{"file": "main.c", "arguments": ["cc", "-DWITH", "-M", "main.c"]}' \
	'{"file": "user.c", "arguments": ["cc", "-Iinclude", "-DNUMBER=1", "-c", "user.c"]}'
untouched "$PCARCH" scan --no-cache
assert_equal "$(callees)" "from_header " "callees"

# What a stranger would have run: plug-ins, compilers in the project, their wrappers, specs and configs.
cat >evil.c <<C
#include <stdio.h>
__attribute__((constructor)) static void run(void) { FILE *f = fopen("$tmp/outside/loaded", "w"); if (f) fclose(f); }
C
cc -shared -fPIC -o evil.so evil.c || skip "the C compiler does not make shared objects"
LD_PRELOAD=$PWD/evil.so env true
rm "$tmp/outside/loaded" || fail "evil.so does nothing, so nothing would be seen"
cat >gcc <<SH
#!/bin/sh
echo ran >$tmp/outside/ran
exec cc "\$@"
SH
chmod +x gcc && cp gcc clang && cp gcc cc1
printf -- '-fplugin=%s/evil.so\n' "$PWD" >evil.cfg
rm evil.c
each '"./gcc"' '"@/gcc"' '"ccache", "@/gcc"' '"@/clang"' '"cc", "-fplugin=@/evil.so"' \
	'"cc", "-fplugin=./evil.so", "-fplugin-arg-evil-x"' \
	'"cc", "-Xclang", "-load", "-Xclang", "@/evil.so", "-Xclang", "-add-plugin", "-Xclang", "evil"' \
	'"cc", "-Wp,-load,@/evil.so"' '"cc", "-fpass-plugin=@/evil.so"' '"cc", "-B@/"' '"cc", "-specs=@/evil.cfg"' \
	'"cc", "--config", "@/evil.cfg"' '"cc", "--config=@/evil.cfg"' '"cc", "-mllvm", "-load=@/evil.so"' \
	'"cc", "-wrapper", "@/gcc"' '"cc", "-o", "@/../outside/main.o"' '"env", "LD_PRELOAD=@/evil.so", "cc"'

# A precompiled header beside a header is a binary from a stranger: the header is read, not it.
echo 'int true_header(int);' >pre.h
echo 'this is no precompiled header' >pre.h.gch && cp pre.h.gch pre.h.pch
printf 'int pre(void) { return true_header(1); }\n' >pre.c
entries '{"file": "pre.c", "arguments": ["cc", "-include", "pre.h", "-c", "pre.c"]}'
untouched "$PCARCH" scan --no-cache
assert_equal "$status" 0 "exit status"
assert_json static.json "[f['type'] for f in d['functions'] if f['function'] == 'true_header'] == ['external']"
