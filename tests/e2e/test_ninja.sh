# scan --emit-ninja: what ninja makes is what scan writes, only what changed is read again, and with
# ccache a second run calls the extractor not once.
. "$(dirname "$0")/lib.sh"
need_pcarch scan extract link
need_command ninja python3
root="$tmp/a program"
odd='odd $dir n # 100%=(a){b},@[c]~!+é'
back='my $he\lper\ #1.h'
mkdir -p "$root/src/net" "$root/lib" "$root/$odd" "$root/build" && cd "$root" || exit 1

echo 'int shared(int);' >lib/shared.h
echo 'static inline int helper(int x) { return x; }' >"$odd/$back"
printf '#include "shared.h"\nint shared(int x)\n{\n#ifdef TWICE\n\tshared(1);\n#endif\n\treturn x;\n}\n' >lib/shared.c
for unit in a b c; do
	printf '#include "shared.h"\nint net_%s(void);\nint net_%s(void)\n{\n\treturn shared(1);\n}\n' $unit $unit >"src/net/$unit.c"
done
printf '#include "%s"\nint odd(void);\nint odd(void)\n{\n\treturn helper(1);\n}\n' "$back" >"$odd/o dd %.c"
printf '#include "shared.h"\nint net_a(void);\nint main(void)\n{\n\treturn net_a() + shared(2);\n}\n' >src/main.c
python3 - "$odd" <<'PYTHON'
import json, os, sys
root = os.getcwd()
odd = sys.argv[1]
def row(where, file, *flags):
    return {"directory": os.path.join(root, where), "file": file,
            "arguments": ["cc", f"-I{root}/lib", "-I", f"{root}/{odd}", *flags, "-c", file, "-o", "x.o"]}
rows = [row("src", f"net/{unit}.c") for unit in "abc"]
rows += [row("build", "../lib/shared.c"), row("build", "../lib/shared.c", "-DTWICE"),
         row("build", "../src/main.c", "-DNAME=\"it's $HOME #1\"", "-DBACK=\\", "-DEMPTY="),
         row(odd, "o dd %.c")]
json.dump(rows, open("compile_commands.json", "w"))
PYTHON
nunits=7

assert_exit 0 "$PCARCH" scan --no-cache -o "$tmp/scan.json"
assert_json "$tmp/scan.json" "d['summary']['unit_count'] == $nunits and d['summary']['failed_unit_count'] == 0"

# emit DIR [OPTIONS...]: build.ninja in a directory of its own, for the rest of which ninja is run there.
emit() {
	local dir=$1
	shift
	mkdir -p "$dir" && cd "$dir" || exit 1
	assert_exit 0 "$PCARCH" scan --emit-ninja build.ninja -p "$root" "$@"
	assert_out_is ''
}

# built N: ninja reads N units again and then has what scan writes.
built() {
	run ninja -j2 -v
	assert_equal "$status" 0 "exit status of ninja"
	assert_equal "$(grep -c -- ' -MD -MF ' <<<"$out")" "$1" "units that were read"
	"$PCARCH" scan -q --no-cache -p "$root" -o "$tmp/scan.json"
	assert_same static.json "$tmp/scan.json"
}

# idle: ninja has nothing to do.
idle() {
	run ninja -j2
	assert_equal "$status" 0 "exit status of ninja"
	assert_out "no work to do"
}

emit "$tmp/out dir"
[ -e static.json ] && fail "--emit-ninja scans"
built $nunits
idle

# A header, one with an odd name, a source, and facts that are gone: just what reads them is read again.
echo 'int shared(int);int more(int);' >"$root/lib/shared.h"
built 6
idle
echo 'static inline int helper(int x, int y) { return x + y + helper(y, x); }' >"$root/$odd/$back"
sed -i 's/helper(1)/helper(1, 2)/' "$root/$odd/o dd %.c"
built 1
idle
touch "$root/src/net/b.c"
built 1
rm -r facts
built $nunits
idle
# The command of a unit changed: it alone is read again.
sed -i 's/-DTWICE/-DTHRICE/' "$root/compile_commands.json"
assert_exit 0 "$PCARCH" scan --emit-ninja build.ninja -p "$root"
built 1
idle

# A unit with errors does not stop the others; link tells it, and so does every run until it is whole.
echo '#include "generated.h"' >>"$root/src/net/c.c"
run ninja -j2
[ "$status" != 0 ] || fail "ninja hides a unit with errors"
assert_out "src/net/c.c:7:1"
run ninja -j2
[ "$status" != 0 ] || fail "ninja hides a unit with errors, the second time"
echo 'int generated(void);' >"$root/lib/generated.h"
run ninja -j2
assert_equal "$status" 0 "exit status of ninja, the header there"
rm "$root/lib/generated.h"
sed -i '/generated/d' "$root/src/net/c.c"
built 1

# Quotes and the like in a path end it in a depfile: what reads such a file is read again every time.
quoted='it'"'"'s "&;.h'
echo 'int quoted(int);' >"$root/lib/$quoted"
cp "$root/src/net/a.c" "$tmp/a.c"
printf "#include <%s>\n" "$quoted" >>"$root/src/net/a.c"
built 1
built 1
echo 'int quoted(int, int);' >"$root/lib/$quoted"
built 1
cp "$tmp/a.c" "$root/src/net/a.c"
built 1
idle

# What ninja cannot write is said, and there is no file.
mkdir "$tmp/pipe|d" && printf 'int main(void) { return 0; }\n' >"$tmp/pipe|d/main.c"
compdb "$tmp/pipe|d" main.c
assert_exit 2 "$PCARCH" scan --emit-ninja piped.ninja -p "$tmp/pipe|d"
assert_err "pcarch scan: error: cannot write build.ninja: there is a '|' in the path of a source"
[ ! -e piped.ninja ] || fail "a build.ninja that cannot work"

# ---- with ccache: facts that are gone come back without one call of the extractor.
command -v ccache >/dev/null || { echo "ccache is not installed: not tested"; exit 77; }
unset CCACHE_DISABLE
export CCACHE_DIR=$tmp/ccache CCACHE_CONFIGPATH=$tmp/ccache.conf

# The extractor, counted: the program beside a pcarch-cc that notes each call.
mkdir "$tmp/bin" && ln "$PCARCH" "$tmp/bin/pcarch" 2>/dev/null || cp "$PCARCH" "$tmp/bin/pcarch"
ln -s "$(dirname "$PCARCH")/libpcarch-clang.so" "$tmp/bin/"
ln -s "$PCARCH" "$tmp/bin/real-cc"
cat >"$tmp/bin/pcarch-cc" <<SH
#!/bin/bash
echo "\$@" >>"$tmp/calls"
exec -a pcarch-cc "$PCARCH" "\$@"
SH
chmod +x "$tmp/bin/pcarch-cc"
PCARCH=$tmp/bin/pcarch

# called N: ninja runs the extractor N times and has what scan writes.
called() {
	: >"$tmp/calls"
	run ninja -j2 -v
	assert_equal "$status" 0 "exit status of ninja"
	assert_equal "$(wc -l <"$tmp/calls")" "$1" "calls of the extractor"
	assert_same static.json "$tmp/scan.json"
}

"$PCARCH" scan -q --no-cache -p "$root" -o "$tmp/scan.json"
emit "$tmp/with ccache" --launcher ccache
called $nunits
idle
ninja -t clean >/dev/null
[ ! -e static.json ] || fail "ninja -t clean leaves static.json"
called 0
rm -rf facts .ninja_deps .ninja_log static.json
called 0
run ccache --print-stats
assert_out "$(printf 'direct_cache_hit\t%d' $((2 * nunits)))"
# A header that changes, and changes back.
cp "$root/lib/shared.h" "$tmp/shared.h"
echo 'int shared(int); int other(void);' >"$root/lib/shared.h"
"$PCARCH" scan -q --no-cache -p "$root" -o "$tmp/scan.json"
called 6
cp "$tmp/shared.h" "$root/lib/shared.h"
"$PCARCH" scan -q --no-cache -p "$root" -o "$tmp/scan.json"
called 0
# Wherever the facts go.
emit "$tmp/elsewhere" --launcher ccache
called 0
