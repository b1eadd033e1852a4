# pcarch extract and pcarch-cc: shaped like a compiler, for what runs compilers.
. "$(dirname "$0")/lib.sh"
need_pcarch scan extract link
need_command python3
cc=$(dirname "$PCARCH")/pcarch-cc
mkdir -p "$tmp/src/inc" "$tmp/src/out" && cd "$tmp/src" || exit 1

echo '#include "deep.h"' >inc/first.h
echo 'int deep(int);' >inc/deep.h
odd='$odd #1\ and\more.h'
echo 'int odd(int);' >"inc/$odd"
printf '#include "first.h"\n#include "%s"\nint main(void)\n{\n\treturn deep(1) + odd(2);\n}\n' "$odd" >a.c
printf '#include "first.h"\nint broken(void)\n{\n\treturn deep(1) + ;\n}\nint whole(void)\n{\n\treturn deep(2);\n}\n' >broken.c
echo 'int other(void) { return 0; }' >b.c

# said SENTENCE: it is all that stderr says; instruments of the build talk there, too.
said() {
	assert_equal "$(grep -v "ASan doesn't fully support makecontext\|^libgcov" <<<"$err")" "$1" "stderr"
}

# linked FACTS...: what they link to, in static.json.
linked() {
	rm -f static.json
	run "$PCARCH" link -q --allow-partial "$@"
	assert_equal "$status" 0 "exit status of link"
}

# Where the facts go: -o of the command, -o of extract, or beside the working directory.
assert_exit 0 "$PCARCH" extract -- cc -Iinc -c a.c -o out/a.facts
assert_out_is ''
said ''
assert_file out/a.facts
[ "$(find . -type f | sort | tr '\n' ' ')" = "./a.c ./b.c ./broken.c ./inc/$odd ./inc/deep.h ./inc/first.h ./out/a.facts " ] ||
	fail "extract leaves files: $(find . -type f)"
linked out/a.facts
assert_json static.json "sorted(d['functions'][c['callee']]['function'] for c in d['calls']) == ['deep', 'odd']"
"$PCARCH" scan -q --no-cache -o "$tmp/scan.json" a.c -- -Iinc
assert_same static.json "$tmp/scan.json"
assert_exit 0 "$PCARCH" extract -o out/b.facts -- cc -Iinc -c a.c -o out/ignored.o
assert_same out/a.facts out/b.facts
[ ! -e out/ignored.o ] || fail "the compiler's output is written, too"
assert_exit 0 "$PCARCH" extract -- cc -Iinc -c a.c -oout/joined.facts
assert_same out/a.facts out/joined.facts
assert_exit 0 "$PCARCH" extract -- cc -Iinc -c a.c
assert_same out/a.facts a.c.facts
rm a.c.facts
assert_exit 0 "$PCARCH" extract -o - -- cc -Iinc -c a.c
assert_same "$tmp/.out" out/a.facts
assert_exit 0 "$cc" -Iinc -c a.c -o out/cc.facts
assert_same out/a.facts out/cc.facts
# Another directory's facts, the file named by another path: the same unit, the same bytes.
(cd out && "$cc" -I../inc -c ../a.c -o up.facts) || fail "pcarch-cc in another directory"
linked out/up.facts
assert_same static.json "$tmp/scan.json"

# deps FILE: the files that the depfile FILE names, as GNU make reads them; the target goes to $target.
deps() {
	target=$(python3 - "$1" 1 <<'PYTHON'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
text = text.replace("\\\n", " ")
words, word, i = [], "", 0
while i < len(text):
    run = re.match(r"(\\*)([ #\t])?", text[i:])
    slashes, end = len(run[1]), run[2]
    if slashes and end:
        word += "\\" * (slashes // 2 if end in " \t" else slashes - 1)
        if slashes % 2 or end == "#":
            word += end
        else:
            words.append(word)
            word = ""
        i += slashes + 1
    elif slashes:
        word += "\\" * slashes
        i += slashes
    elif text[i] in " \t\n":
        if word:
            words.append(word)
        word, i = "", i + 1
    elif text[i:i + 2] == "$$":
        word, i = word + "$", i + 2
    else:
        word, i = word + text[i], i + 1
print("\n".join(words))
PYTHON
	) || fail "cannot read the depfile"
	found=$(tail -n +2 <<<"$target")
	target=$(head -n 1 <<<"$target")
}
whole="$PWD/a.c
$PWD/inc/first.h
$PWD/inc/deep.h
$PWD/inc/$odd"

assert_exit 0 "$cc" -Iinc -MD -MF out/a.d -c a.c -o out/a.facts
deps out/a.d
assert_equal "$target" "out/a.facts:" "the depfile's target"
assert_equal "$found" "$whole" "the depfile's files"
assert_exit 0 "$cc" -Iinc -MMD -MFout/joined.d -c a.c -o out/a.facts
assert_same out/a.d out/joined.d
assert_exit 0 "$cc" -Iinc -MD -c a.c -o out/a.facts # gcc: the output, its suffix replaced
assert_same out/a.d <(sed 's/^/ /; s/^ //' out/a.d)
assert_exit 0 "$PCARCH" extract --depfile out/own.d -o out/own.facts -- cc -Iinc -c a.c
deps out/own.d
assert_equal "$target" "out/own.facts:" "the depfile's target"
assert_equal "$found" "$whole" "the depfile's files"
assert_exit 0 "$cc" -Iinc -MD -MF out/sp.d -c a.c -o 'out/with space.facts'
deps out/sp.d
assert_equal "$target" "out/with space.facts:" "the depfile's target"
# GNU make agrees: what is up to date is so, and a header that changes is seen.
if command -v make >/dev/null; then
	printf 'out/a.facts:\n\t@echo again\ninclude out/a.d\n' >Makefile
	assert_exit 0 make -s
	assert_lacks "$out" again stdout
	touch "inc/$odd"
	assert_exit 0 make -s
	assert_out again
	rm Makefile
fi
# A system header is one of the files, too.
echo '#include <stddef.h>' >system.c
assert_exit 0 "$cc" -MD -MF out/system.d -c system.c -o out/system.facts
grep -q '/stddef\.h' out/system.d || fail "no system header in the depfile"

# Response files, which GCC reads where they stand.
printf '%s\n' '-Iinc -MD' "-MF 'out/by rsp.d'" '-c a.c' '-o out/rsp.facts' >args.rsp
assert_exit 0 "$cc" @args.rsp
assert_same out/rsp.facts out/a.facts
deps 'out/by rsp.d'
assert_equal "$found" "$whole" "the depfile's files"
assert_exit 0 "$PCARCH" extract -o out/rsp2.facts -- cc @args.rsp
assert_same out/rsp2.facts out/a.facts
assert_exit 2 "$PCARCH" extract -- cc @missing.rsp -c a.c
said "pcarch extract: error: response file '$PWD/missing.rsp' is left out: it does not exist; build the program, so that it does"

# No source, several, one that is not there, no C: one sentence, exit 2, no facts.
# not_one MESSAGE ARGS...
not_one() {
	local message=$1
	shift
	rm -f out/none.facts
	assert_exit 2 "$PCARCH" extract -o out/none.facts -- cc "$@"
	said "pcarch extract: error: $message"
	assert_out_is ''
	[ ! -e out/none.facts ] || fail "facts of nothing"
}
not_one "the command of 'cc' names no C source: give it as 'cc ARGS FILE.c'" -c
not_one "the command compiles 'a.c' and 'b.c': give one source to a command" -c a.c b.c
not_one "the command of 'cc' names no C source: give it as 'cc ARGS FILE.c'" -c x.cpp
not_one "the command of 'cc' names no C source: give it as 'cc ARGS FILE.c'" a.o -o program
assert_exit 2 "$PCARCH" extract
assert_err "pcarch extract: error: give the compiler's command line after '--'"
assert_exit 2 "$PCARCH" extract a.c
assert_err "give the compiler's command line after '--'"

# A unit with errors: its facts and what they lack; exit 3, or 0 where a compiler is expected.
assert_exit 3 "$PCARCH" extract -o out/broken.facts --depfile out/broken.d -- cc -Iinc -c broken.c
assert_err "$PWD/broken.c:4:19: error: expected expression"
deps out/broken.d
assert_equal "$found" "$PWD/broken.c
$PWD/inc/first.h
$PWD/inc/deep.h
out/broken.facts.incomplete" "the depfile's files"
linked out/broken.facts
assert_json static.json "d['units'][0]['status'] == 'partial' and d['summary']['call_count'] > 0"
cp out/broken.facts out/kept.facts
assert_exit 0 "$PCARCH" extract --allow-partial -o out/broken.facts -- cc -Iinc -c broken.c
assert_same out/broken.facts out/kept.facts
assert_exit 0 "$cc" -Iinc -c broken.c -o out/broken.facts
assert_err "error: expected expression"
assert_same out/broken.facts out/kept.facts
# One that cannot be read at all: its facts say that.
assert_exit 3 "$PCARCH" extract -o out/gone.facts -- cc -c gone.c
assert_err "gone.c: error: "
linked out/gone.facts
assert_json static.json "d['units'][0]['status'] == 'failed'"

# Failing leaves the old facts, and nothing beside them.
assert_exit 2 "$PCARCH" extract -o none/a.facts -- cc -Iinc -c a.c
said "pcarch extract: error: cannot create 'none/a.facts': No such file or directory; make its directory first"
echo old >out/old.facts
assert_exit 2 "$PCARCH" extract -o out/old.facts -- cc -c
assert_equal "$(cat out/old.facts)" old "the old facts"
# The message goes through a pipe, for which there is room.
run bash -c 'set -o pipefail; { ulimit -f 0; trap "" XFSZ; "$0" extract -o out/old.facts -- cc -Iinc -c a.c; } 2>&1 | cat >&2' "$PCARCH"
assert_equal "$status" 2 "exit status with no room for files"
said "pcarch extract: error: cannot write 'out/old.facts': File too large; the old file, if any, is untouched"
assert_equal "$(cat out/old.facts)" old "the old facts"
assert_equal "$(find out -name 'old.facts*' | wc -l)" 1 "files called old.facts*"
if [ "$(id -u)" != 0 ]; then
	mkdir locked && echo old >locked/a.facts && chmod 555 locked
	assert_exit 2 "$PCARCH" extract -o locked/a.facts -- cc -Iinc -c a.c
	assert_err "cannot create 'locked/a.facts': Permission denied"
	assert_equal "$(cat locked/a.facts)" old "the old facts"
	chmod 755 locked
fi

# ccache in front: the second time the facts and the depfile come from it.
command -v ccache >/dev/null || exit 0
unset CCACHE_DISABLE
export CCACHE_DIR=$tmp/ccache CCACHE_CONFIGPATH=$tmp/ccache.conf CCACHE_DEPEND=1 CCACHE_COMPILERTYPE=clang
assert_exit 0 ccache "$cc" -Iinc -MD -MF out/cached.d -c a.c -o out/cached.facts
assert_same out/cached.facts out/a.facts
cp out/cached.d "$tmp/cached.d"
rm out/cached.d out/cached.facts
assert_exit 0 ccache "$cc" -Iinc -MD -MF out/cached.d -c a.c -o out/cached.facts
assert_same out/cached.facts out/a.facts
assert_same out/cached.d "$tmp/cached.d"
run ccache --print-stats
assert_out "$(printf 'direct_cache_hit\t1')"
assert_out "$(printf 'cache_miss\t1')"
echo 'int deep(int, ...);' >inc/deep.h
assert_exit 0 ccache "$cc" -Iinc -MD -MF out/cached.d -c a.c -o out/cached.facts
linked out/cached.facts
assert_json static.json "['variadic'] in [f.get('attributes') for f in d['functions']]"
