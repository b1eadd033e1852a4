# Input that is missing, empty, wrong or unreadable: what is said, which exit status, and that the old
# static.json stays. Never 0 on nothing.
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3
mkdir "$tmp/tree" && cd "$tmp/tree" || exit 1
git init -q . 2>/dev/null || mkdir .git # the search for a database ends here
cat >good.c <<'C'
int callee(int);
int main(void)
{
	return callee(1);
}
C

# says EXIT TEXT COMMAND...: one line on stderr, which contains TEXT, and no static.json.
says() {
	local code=$1 text=$2
	shift 2
	assert_exit "$code" "$@"
	assert_err "$text"
	[ "$(wc -l <"$tmp/.err")" = 1 ] || fail "more than one line on stderr"
	[ ! -e static.json ] || fail "static.json was written"
}

# No database: three ways to get one.
assert_exit 2 "$PCARCH" scan
for way in cmake "bear -- make" "pcarch build -- make"; do
	assert_contains "${err,,}" "$way" stderr
done
says 2 "elsewhere" "$PCARCH" scan -p elsewhere
says 2 "static.json" "$PCARCH" scan -p static.json
says 2 "cannot open 'nothing.c': No such file" "$PCARCH" scan nothing.c -- -DX
says 2 "cannot open 'nothing.c': No such file" "$PCARCH" scan nothing.c
says 2 "cannot open 'nothing': No such file" "$PCARCH" scan nothing

# A root that holds no source would leave nothing that is not external.
says 2 "no source is in the root '/usr'" "$PCARCH" scan --root /usr good.c --

# As clang-tidy has it, '--' alone means no flags, and no database.
assert_exit 0 "$PCARCH" scan -o one.json good.c --
assert_json one.json "d['summary']['function_count'] == 2"
rm one.json

# Databases that say nothing or are no database: file, byte offset, what was expected.
database() { printf '%s' "$1" >compile_commands.json; }
database ''
says 2 "compile_commands.json" "$PCARCH" scan
database '[]'
says 2 "compile_commands.json" "$PCARCH" scan
database '[{"directory": ".", "file": "good.c", "command": "cc -c good.c"}'
says 2 "byte 64" "$PCARCH" scan
database '[{"directory": ".", "file": 7, "command": "cc -c good.c"}]'
says 2 "byte" "$PCARCH" scan
database '{"file": "good.c"}'
says 2 "not an object" "$PCARCH" scan
database '[{"directory": ".", "file": "good.c", "command": "cc -c good.c"}] trailing'
says 2 "byte" "$PCARCH" scan
database '[{"directory": ".", "file": "good.cc", "command": "c++ -c good.cc"}, {"directory": ".", "file": "a.s", "command": "as a.s"}]'
says 2 "compile_commands.json" "$PCARCH" scan
rm compile_commands.json && mkdir compile_commands.json
says 2 "compile_commands.json" "$PCARCH" scan -p compile_commands.json/compile_commands.json
rmdir compile_commands.json
ln -s loop compile_commands.json && ln -s compile_commands.json loop
says 2 "compile_commands.json" "$PCARCH" scan -p .
rm compile_commands.json loop

# A missing source is a failed unit, with its name; alone it is still a scan that says so.
compdb . missing.c good.c
assert_exit 3 "$PCARCH" scan --no-cache
assert_err "missing.c: error: "
assert_err "No such file or directory"
assert_json static.json "[u['status'] for u in d['units']] == ['parsed', 'failed']"
assert_json static.json "d['summary']['call_count'] == 1"
compdb . missing.c
assert_exit 3 "$PCARCH" scan --no-cache
assert_exit 0 "$PCARCH" scan --no-cache --allow-partial
assert_err "missing.c: error: "

# A working directory that is gone, a source in a loop of symlinks, a directory as a source.
python3 - <<'PYTHON'
import json, os
here = os.getcwd()
rows = [{"directory": here + "/gone", "file": here + "/good.c", "arguments": ["cc", "-c", here + "/good.c"]}]
rows += [{"directory": here, "file": f, "arguments": ["cc", "-c", f]} for f in ("round.c", "folder.c", "good.c")]
with open("compile_commands.json", "w") as out:
    json.dump(rows, out)
PYTHON
ln -s round2.c round.c && ln -s round.c round2.c && mkdir folder.c
assert_exit 3 "$PCARCH" scan --no-cache
assert_err "gone"
assert_err "round.c: error: "
assert_err "folder.c: error: "
assert_json static.json "d['summary']['failed_unit_count'] == 3 and d['summary']['unit_count'] == 4"
rm -r round.c round2.c folder.c static.json

# A header is missing: the unit is partial, its calls are there; headers in a loop end by themselves.
printf '#include "generated.h"\nint f(int);\nint g(void) { return f(1); }\n' >header.c
printf '#include "again.h"\nint again(void);\n' >again.h
printf '#include "again.h"\nint f(int);\nint h(void) { return f(2); }\n' >loop.c
compdb . header.c loop.c good.c
assert_exit 3 "$PCARCH" scan --no-cache
assert_err "header.c:1:10: error: 'generated.h' file not found"
assert_json static.json "[u['status'] for u in d['units']] == ['parsed', 'partial', 'partial']"
assert_json static.json "d['summary']['call_count'] >= 2"

# Bytes that are no C and no UTF-8; an empty source is a good one.
python3 -c 'import random, sys; sys.stdout.buffer.write(random.Random(1).randbytes(20000))' >noise.c
printf 'int f(void) { return 1; } \xff\xfe \x1b]0;title\x07 int caf\xc3\xa9(void) { return f(); }\n' >bytes.c
printf 'int f(void)\n{\n\treturn 1;\n}\0int g(void) { return f(); }\n' >nul.c
: >empty.c
compdb . noise.c bytes.c nul.c empty.c good.c
assert_exit 3 "$PCARCH" scan --no-cache
assert_json static.json "d['summary']['unit_count'] == 5"
assert_json static.json "[u['status'] for u in d['units'] if u['file'] in ('empty.c', 'good.c')] == ['parsed', 'parsed']"
LC_ALL=C grep -q "$(printf '[\001-\010\016-\037]')" "$tmp/.err" && fail "control characters of the source reach the terminal"

# Who may not read, is told; root may read everything.
if [ "$(id -u)" != 0 ]; then
	compdb . secret.c shut/inside.c good.c
	echo 'int secret(void) { return 1; }' >secret.c
	mkdir shut && cp secret.c shut/inside.c && chmod 0 secret.c shut
	assert_exit 3 "$PCARCH" scan --no-cache
	assert_err "secret.c: error: "
	assert_err "secret.c: error: cannot open it: Permission denied"
	assert_err "shut/inside.c: error: "
	assert_err "Permission denied"
	assert_json static.json "d['summary']['failed_unit_count'] == 2"
	chmod 700 shut
fi

# Where the result cannot be written: an error, and the old file stays as it was.
compdb . good.c
assert_exit 0 "$PCARCH" scan -o kept.json
cp kept.json before.json
assert_exit 2 "$PCARCH" scan -o missing/static.json
assert_err "missing/static.json"
assert_exit 2 "$PCARCH" scan -o /dev/full
assert_err "No space left on device"
"$PCARCH" scan -o - >/dev/full 2>"$tmp/.err" && fail "exit 0 although stdout is full"
grep -q "No space left on device" "$tmp/.err" || fail "nobody says that stdout is full"
# A disk that is full in the middle of the file: a limit on what one file may hold is the same to us.
# Many functions make a static.json over the limit; their facts are smaller.
python3 -c 'for i in range(9000): print(f"int function_number_{i}(int x)\n{{\n\treturn {i};\n}}")' >many.c
compdb . many.c
(ulimit -f 1024 && trap '' XFSZ && exec "$PCARCH" scan --no-cache -o kept.json) >"$tmp/.out" 2>"$tmp/.err"
assert_equal "$?" 2 "exit status on a full disk"
grep -q "kept.json" "$tmp/.err" || fail "the file that could not be written is not named: $(cat "$tmp/.err")"
assert_same kept.json before.json
[ -z "$(ls | grep 'kept.json\.')" ] || fail "the half of a file is left: $(ls)"

# A source that is written to while it is read: it is read again, or reported; never half of each.
python3 - <<'PYTHON'
with open("moving.c", "w") as out:
    out.write("".join(f"int f{i}(int x) {{ return f{i}(x); }}\n" for i in range(20000)))
PYTHON
compdb . moving.c
(while :; do touch moving.c; done) &
pids+=($!)
run "$PCARCH" scan --no-cache
kill "${pids[0]}" && wait "${pids[0]}" 2>/dev/null
pids=()
assert_equal "$status" 3 "exit status"
assert_err "moving.c: error: it was changed while it was read"
assert_exit 0 "$PCARCH" scan --no-cache
assert_json static.json "d['summary']['call_count'] == 20000"
