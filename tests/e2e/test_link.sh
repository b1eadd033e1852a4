# pcarch link: whatever the order, the grouping and the repetition of the facts, what a scan writes; and
# what is no facts file is named with the byte, and leaves the old output as it was.
. "$(dirname "$0")/lib.sh"
need_pcarch scan extract link
need_command python3
mkdir -p "$tmp/tree/app" "$tmp/tree/lib" "$tmp/facts" && cd "$tmp/tree" || exit 1

cat >lib/list.h <<'C'
#include <stdlib.h>
struct list { struct list *next; int (*visit)(struct list *); };
void list_free(struct list **);
static inline int list_walk(struct list *list)
{
	int n = 0;

	for (; list; list = list->next)
		n += list->visit(list);
	return n;
}
#define scoped_list __attribute__((cleanup(list_free))) struct list
C
printf '#include "list.h"\nvoid list_free(struct list **list)\n{\n\tfree(*list);\n}\n' >lib/list.c
for n in 1 2 3 4 5; do
	printf '#include "../lib/list.h"\nint unit%d(struct list *);\nstatic int visit(struct list *l)\n{\n\treturn abs(l != 0);\n}\nint unit%d(struct list *l)\n{\n\tscoped_list *mine = l;\n\n\tl->visit = visit;\n\treturn visit(l) + list_walk(mine);\n}\n' \
		$n $n >app/unit$n.c
done
printf '#include "../lib/list.h"\nint unit1(struct list *), unit5(struct list *);\n__attribute__((weak)) int hook(void) { return 0; }\nint main(void)\n{\n\treturn unit1(0) + unit5(0) + hook();\n}\n' >app/main.c
printf '#include "missing.h"\nint hook(void);\nint hook(void) { return hook(); }\n' >app/hook.c
# A header may have any name, also one that looks like the start of a system header's.
printf 'static inline int odd(int x)\n{\n\treturn x;\n}\n' >'<'
printf '#include "<"\nint oddly(void);\nint oddly(void)\n{\n\treturn odd(1);\n}\n' >app/odd.c
units=(lib/list.c app/unit1.c app/unit2.c app/unit3.c app/unit4.c app/unit5.c app/main.c app/hook.c app/odd.c)
CFLAGS="-I." compdb . "${units[@]}"
assert_exit 3 "$PCARCH" scan --no-cache -j1 -o "$tmp/scan.json" # hook.c misses a header
assert_json "$tmp/scan.json" "'./<' in [f['module'] for f in d['functions']]"

all=()
for unit in "${units[@]}"; do
	run "$PCARCH" extract --allow-partial -o "$tmp/facts/${unit//\//-}.facts" -- cc -I. -c "$unit"
	assert_equal "$status" 0 "exit status for $unit"
	all+=("$tmp/facts/${unit//\//-}.facts")
done
cd "$tmp/facts" || exit 1

# same NAME FACTS...: they link to the bytes of the scan.
same() {
	local name=$1
	shift
	run "$PCARCH" link -q -o "$tmp/got.json" "$@"
	assert_equal "$status" 3 "exit status: $name"
	cmp -s "$tmp/scan.json" "$tmp/got.json" || {
		diff "$tmp/scan.json" "$tmp/got.json" | cut -c1-200 | head -n 20
		fail "other bytes than scan: $name"
	}
}

same "in order" "${all[@]}"
for seed in 1 2 3 4; do
	mapfile -t shuffled < <(python3 -c 'import random,sys; random.seed(int(sys.argv[1])); a = sys.argv[2:]; random.shuffle(a); print("\n".join(a))' $seed "${all[@]}")
	same "shuffled, $seed" "${shuffled[@]}"
done
same "each twice" "${all[@]}" "${all[@]}"

# archive NAME FACTS...
archive() {
	local name=$1
	shift
	assert_exit 0 "$PCARCH" link -r -o "$name" "$@"
	assert_err_is ''
	assert_out_is ''
}

archive all.a "${all[@]}"
same "an archive" all.a
archive twice.a all.a all.a
assert_same all.a twice.a # idempotent
archive once.a "${all[@]:0:4}"
archive rest.a "${all[@]:3}"
archive ab.a once.a rest.a
archive ba.a rest.a once.a
assert_same ab.a ba.a # commutative
assert_same ab.a all.a
archive left.a "${all[@]:0:3}"
archive middle.a "${all[@]:3:3}"
archive right.a "${all[@]:6}"
archive lm.a left.a middle.a
archive mr.a middle.a right.a
archive lm_r.a lm.a right.a
archive l_mr.a left.a mr.a
assert_same lm_r.a l_mr.a # associative
assert_same lm_r.a all.a
same "archives" rest.a left.a
cat rest.a left.a once.a >cat.a
same "archives joined by cat" cat.a
archive cat2.a cat.a
assert_same cat2.a all.a
archive all.a all.a # over its own input
assert_same cat2.a all.a
same "an archive beside its members" all.a "${all[1]}"

# @FILE, quoted as a shell would.
cp all.a "it's odd \$name.a"
printf '%s\n' "'it'\\''s odd \$name.a'" >list
same "a list of files" @list
printf '%s\n' "${all[@]}" >list
same "a longer list" @list
(cd / && "$PCARCH" link -q -o "$tmp/got.json" "@$tmp/facts/list" 2>/dev/null)
assert_same "$tmp/got.json" "$tmp/scan.json"
assert_exit 2 "$PCARCH" link @missing
assert_err "pcarch link: error: cannot open 'missing': No such file"
printf "'never closed" >list
assert_exit 2 "$PCARCH" link -o "$tmp/got.json" @list
assert_err_is "list: error: a quote in this list of files is never closed"
: >list
for option in --quiet --root=. --archive; do
	assert_exit 2 "$PCARCH" link $option -o "$tmp/none" @list
	assert_err "pcarch link: error: no facts are given"
	[ ! -e "$tmp/none" ] || fail "'$option' made a file of nothing"
done

# refused FILE MESSAGE: exit 2, one sentence, and the old output stays, of a trace and of an archive.
echo old >old.json
refused() {
	local file=$1 message=$2 mode
	for mode in "" -r; do
		assert_exit 2 "$PCARCH" link $mode -o old.json "${all[0]}" "$file"
		assert_err_is "$message"
		assert_out_is ''
		assert_equal "$(cat old.json)" old "the old output"
		[ -z "$(find . -name 'old.json.*')" ] || fail "a temporary file is left"
	done
}

bad() { refused "$1" "$1: error: byte $2: not a facts file of this version: $3"; }
: >empty
refused empty "empty: error: byte 0: the file is empty; facts were expected"
echo '{"functions": []}' >foreign
bad foreign 0 "too short"
cp "$tmp/scan.json" foreign
bad foreign 0 "it does not start with 'PCFACTS'"
refused missing "pcarch link: error: cannot open 'missing': No such file or directory"
mkdir directory
refused directory "pcarch link: error: cannot read 'directory': Is a directory"
mkfifo fifo
refused fifo "pcarch link: error: cannot read 'fifo': it is not a regular file"

first=$(wc -c <"${all[0]}")
size=$(wc -c <"${all[1]}")
for cut in 1 8 103 120 200 $((size / 2)) $((size - 8)) $((size - 1)); do
	head -c "$cut" "${all[1]}" >cut
	what=truncated
	[ "$cut" -ge 120 ] || what="too short"
	bad cut 0 "$what"
	cat "${all[0]}" cut >late
	bad late "$first" "$what"
done
cat "${all[0]}" foreign >late
bad late "$first" "it does not start with 'PCFACTS'"
{ cat "${all[0]}" && printf '\0'; } >late
bad late "$first" "too short"

# patch FILE OFFSET BYTES: a copy of the second file of facts.
patch() {
	cp "${all[1]}" "$1"
	printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}
patch newer 8 '\377\0\0\0'
bad newer 0 "made by another version of pcarch; extract it again"
patch longer 22 '\377\377'
bad longer 0 truncated
patch counted 24 '\2'
refused counted "$(printf 'counted: error: byte 0: not a facts file of this version: truncated')"

# Any one bit: refused with the byte, or linked; never a crash, and never half an output.
python3 - "${all[1]}" <<'PYTHON'
import random, sys
good = open(sys.argv[1], "rb").read()
random.seed(1)
for i in range(60):
    bad = bytearray(good)
    bit = random.randrange(len(good) * 8) if i > 20 else random.randrange(160 * 8)
    bad[bit // 8] ^= 1 << bit % 8
    open(f"flip{i}", "wb").write(bad)
PYTHON
accepted=0
for file in flip*; do
	echo old >old.json
	run "$PCARCH" link -o old.json "$file" "${all[0]}"
	case $status in
	0 | 3)
		accepted=$((accepted + 1))
		assert_exit 0 "$PCARCH" validate old.json
		;;
	2)
		assert_err "$file: error: byte 0: not a facts file"
		assert_equal "$(cat old.json)" old "the old output"
		;;
	*) fail "$file: exit status" ;;
	esac
done
[ "$accepted" -gt 0 ] && [ "$accepted" -lt 60 ] || fail "$accepted of 60 damaged files were accepted"

# What it is not given.
assert_exit 2 "$PCARCH" link
assert_err "pcarch link: error: no facts given; 'pcarch extract' makes them"
assert_exit 2 "$PCARCH" link -r all.a
assert_err "pcarch link: error: an archive needs a name: -o FILE"
assert_exit 2 "$PCARCH" link -o none/static.json all.a
assert_err "pcarch link: error: cannot create 'none/static.json': No such file or directory"
assert_exit 2 "$PCARCH" link --root none all.a
assert_err "pcarch link: error: cannot enter 'none': No such file or directory"
if [ -w /dev/full ]; then
	assert_exit 2 "$PCARCH" link -o /dev/full all.a
	assert_err "pcarch link: error: cannot write '/dev/full': No space left on device"
	ran="link to a full standard output"
	"$PCARCH" link -q -o - all.a >/dev/full 2>"$tmp/.err"
	status=$? out= err=$(cat "$tmp/.err")
	assert_equal "$status" 2 "exit status"
	assert_err "No space left on device"
fi
assert_exit 3 "$PCARCH" link -o - all.a
assert_same "$tmp/.out" "$tmp/scan.json"
assert_err "app/hook.c"
assert_exit 0 "$PCARCH" link --allow-partial -o "$tmp/got.json" all.a
assert_exit 3 "$PCARCH" link -q -o "$tmp/got.json" --root "$tmp/tree/app" all.a
assert_json "$tmp/got.json" "'unit1.c' in [u['file'] for u in d['units']]"
