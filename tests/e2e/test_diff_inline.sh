# What compilers inline across sources: only link-time optimisation does, but for functions of headers.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan trace diff
need_command cc python3
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
cd "$tmp" || exit 1

cat >store.h <<'C'
void store_add(int x);
static inline void store_twice(int x) { store_add(x); store_add(x + 1); }
void store_fill(int x);
C
cat >store.c <<'C'
#include "store.h"
void note(int x);
void store_add(int x) { note(x); }
void store_fill(int x) { store_twice(x); }
C
cat >note.c <<'C'
int noted;
void note(int x) { noted += x; }
int never(int x) { noted = 0; return x; }
C
cat >main.c <<'C'
#include "store.h"
int never(int x);
int main(int argc, char **argv)
{
	(void)argv;
	store_fill(argc);
	return argc > 7 ? never(argc) : 0;
}
C
# compared RECORDING: into diff.json.
compared() {
	"$PCARCH" diff -q --fail-on none --format json=diff.json static.json "$1"
	assert_equal $? 0 'exit status of diff'
}

# store_add() is inlined into the header's function, and that into a function of the same source.
assert_exit 0 "$PCARCH" build -q -- cc -g -O2 -o program main.c store.c note.c
assert_exit 0 "$PCARCH" scan -q --no-cache
assert_exit 0 "$PCARCH" trace -q -o run.json -- ./program
compared run.json
assert_json diff.json "[f['function']['function'] for f in d['dead_functions']] == ['never']"
assert_json diff.json "d['runtime_only_calls'] == []"

# joined FLAG OUT: main() calls note() itself, and no line is told of it, as of calls that were made one.
joined() {
	python3 - "$1" "$2" <<'P'
import json, sys
d = json.load(open('plain.json'))
ids = {f['function']: f['id'] for f in d['functions']}
for call in d['calls']:
    if call['callee'] == ids['note']:
        call['caller'] = ids['main']
        call['call_site'] = None
    elif call['callee'] == ids['store_fill'] and sys.argv[1] == 'inlined':
        call['inlined'] = True
json.dump(d, open(sys.argv[2], 'w'))
P
}
assert_exit 0 "$PCARCH" build -q -- cc -g -O0 -o plain main.c store.c note.c
assert_exit 0 "$PCARCH" trace -q -o plain.json -- ./plain
joined plain one.json
compared one.json
assert_json diff.json "[c['verdict'] for c in d['runtime_only_calls']] == ['bug']"
joined inlined two.json
compared two.json
assert_json diff.json "d['runtime_only_calls'] == []"
