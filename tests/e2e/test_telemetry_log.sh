# The sealed log as the library writes it: epochs, segments, keys, what is lost and told.
. "$(dirname "$0")/lib.sh"
. "$SOURCE_DIR/tests/telemetry/telemetry.sh"
cd "$tmp" || exit 1
build_vault

# The example of docs/telemetry-log.md is what its program makes, and is in order.
python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(32)))' >example.key
assert_exit 0 python3 "$telemetry/sealed_log.py" example made
assert_same made/polycall-*-000001.jsonl "$telemetry"/example/polycall-*-000001.jsonl
assert_same made/polycall-*-000002.jsonl "$telemetry"/example/polycall-*-000002.jsonl
assert_exit 0 python3 "$telemetry/sealed_log.py" verify --key example.key "$telemetry"/example/*
for edit in 's/refuse/excuse/' '4d' '4{p;d}' '4{h;d};5{G}'; do
	sed -e "$edit" "$telemetry"/example/polycall-*-000001.jsonl >edited-000001.jsonl
	cmp -s edited-000001.jsonl "$telemetry"/example/polycall-*-000001.jsonl && continue
	assert_exit 1 python3 "$telemetry/sealed_log.py" verify --key example.key edited-000001.jsonl
done

# Epochs of 256 lines, each ended by a checkpoint that counts them.
assert_exit 0 ./vault many 1000
verify
assert_log "[r['log'] for r in by('log.checkpoint')] == [{'lines': 256, 'last': False}] * 3 + [{'lines': 237, 'last': True}]"
assert_log "[r['epoch'] for r in by('log.checkpoint')] == [0, 1, 2, 3] and len(by('vault.count')) == 1000"

# Segments: one chain; a few are kept when that is asked for.
fresh
PCARCH_LOG_MAX_BYTES=100000 assert_exit 0 ./vault many 1000
verify
segments=$(find log -name '*.jsonl' | wc -l)
[ "$segments" -gt 5 ] || fail "1000 events are in $segments segments"
assert_equal "$(find log -size +100000c)" '' 'segments that are too large'
assert_log "len(by('vault.count')) == 1000 and [r['seq'] for r in e] == list(range(1, len(e) + 1))"
assert_log "[r['log']['segment'] for r in by('log.segment')] == list(range(1, $segments + 1))"
fresh
PCARCH_LOG_MAX_BYTES=100000 PCARCH_LOG_SEGMENTS=2 assert_exit 0 ./vault many 1000
assert_equal "$(find log -name '*.jsonl' | wc -l)" 2 'segments that are kept'

# A key: only with it is the seal right.
printf '%064x\n' 77 >key
chmod 600 key
fresh
PCARCH_GUID_KEY_FILE=$tmp/key assert_exit 0 ./vault get
assert_exit 1 python3 "$telemetry/sealed_log.py" verify log/*
key=$tmp/key
verify
key=

# An auditor's key: the first key of a segment is in nobody's hands but the auditor's.
python3 - <<'PYTHON' || skip 'libsodium is not found by Python'
import ctypes, ctypes.util
sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(32)
assert sodium.crypto_box_keypair(public, secret) == 0
open("auditor.pub", "w").write(public.raw.hex() + "\n")
open("auditor.key", "w").write(secret.raw.hex() + "\n")
PYTHON
fresh
PCARCH_LOG_AUDITOR_KEY_FILE=auditor.pub PCARCH_LOG_MAX_BYTES=100000 assert_exit 0 ./vault many 300
assert_exit 0 python3 "$telemetry/sealed_log.py" verify --auditor-key auditor.key log/*
assert_log "{r['log']['seal'] for r in by('log.segment')} == {'auditor'} and len({r['log']['sealed_key'] for r in by('log.segment')}) > 1"
sed -i 's/"count":7}/"count":8}/' log/*1.jsonl
assert_exit 1 python3 "$telemetry/sealed_log.py" verify --auditor-key auditor.key log/*
fresh
echo 1234 >short.pub
for file in short.pub missing.pub; do
	PCARCH_LOG_AUDITOR_KEY_FILE=$file run ./vault get
	assert_equal "$status" 0 'exit status without a log'
	assert_err 'no log is written'
done
assert_equal "$(ls log)" '' 'a log with a lesser seal than was asked for'

# No room: the program runs on, no line is torn, and what was lost is told once there is room again.
fresh
(ulimit -f 100 && ./vault many 1000) || fail "a program with a file limit fails: $?"
verify 2>/dev/null
assert_log "len(by('vault.count')) < 1000 and len(paths) == 1"
cat >full.c <<'C'
#include <pcarch_trace.h>
#include <stdio.h>
#include <sys/resource.h>
int main(void)
{
	struct rlimit limit;
	struct pcarch_execution *run = pcarch_begin(NULL);
	getrlimit(RLIMIT_FSIZE, &limit);
	pcarch_event(PCARCH_LEVEL_INFO, "first", PCARCH_NO_FIELDS);
	limit.rlim_cur = 10000;
	setrlimit(RLIMIT_FSIZE, &limit);
	pcarch_checkpoint();
	for (int i = 0; i < 30; i++)
		pcarch_event(PCARCH_LEVEL_INFO, "some", PCARCH_NO_FIELDS);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_FSIZE, &limit);
	pcarch_checkpoint();
	pcarch_event(PCARCH_LEVEL_INFO, "last", PCARCH_NO_FIELDS);
	printf("%llu\n", (unsigned long long)pcarch_dropped());
	pcarch_end(run, 0);
	return 0;
}
C
compile() { gcc -std=gnu11 -O1 -I"$SOURCE_DIR/tracer" "$@" -L"$BUILD_DIR" -lpcarch-telemetry -Wl,-rpath,"$BUILD_DIR" || fail 'does not compile'; }
compile full.c -o full
fresh
assert_exit 0 ./full
verify
assert_log "len(by('telemetry.lost')) == 1 and by('telemetry.lost')[0]['dropped']['write_failed'] == 30 - len(by('some')) == $out > 0"
assert_log "len(by('last')) == 1 and e[-1]['dropped'] == by('telemetry.lost')[0]['dropped']"

# The wall clock is set, back and forth again: each time it is told, and then the log is in order.
cat >clock.c <<'C'
#include <pcarch_trace.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
static int shift_s;
int clock_gettime(clockid_t clock, struct timespec *now)
{
	int result = (int)syscall(SYS_clock_gettime, clock, now);
	now->tv_sec += clock == CLOCK_REALTIME ? shift_s : 0;
	return result;
}
int main(void)
{
	static const int shifts[] = {0, -3600, -3600, 0, 0};
	struct pcarch_execution *run = pcarch_begin(NULL);
	for (size_t i = 0; i < sizeof(shifts) / sizeof(shifts[0]); i++) {
		shift_s = shifts[i];
		pcarch_event(PCARCH_LEVEL_INFO, "tick", PCARCH_NO_FIELDS);
	}
	pcarch_end(run, 0);
	return 0;
}
C
compile clock.c -o clock
fresh
assert_exit 0 ./clock
verify
assert_log "[round(r['metadata']['drift_ms'] / 1000) for r in by('clock.step')] == [-3600, 3600] and len(by('tick')) == 5"
assert_log "[r['event'] for r in e if r['event'] in ('tick', 'clock.step')] == ['tick', 'clock.step', 'tick', 'tick', 'clock.step', 'tick', 'tick']"
assert_exit 0 "$PCARCH" log verify log
sed -i '/"event":"clock.step"/d' log/*.jsonl
assert_exit 1 "$PCARCH" log verify log
assert_out '(V2)'
assert_out '[deleted]'

# No directory: counted, no words, no file elsewhere.
PCARCH_LOG=$tmp/nowhere run ./vault listen
assert_equal "$status$err" 0 'a program whose log has no directory'
assert_out '"seq":0'

# A program that closes all files it does not know: nothing of ours gets into its own.
cat >daemon.c <<'C'
#include <fcntl.h>
#include <pcarch_trace.h>
#include <unistd.h>
int main(void)
{
	struct pcarch_execution *run = pcarch_begin(NULL);
	pcarch_event(PCARCH_LEVEL_INFO, "before", PCARCH_NO_FIELDS);
	for (int fd = 3; fd < 2000; fd++)
		close(fd);
	for (int i = 0; i < 20; i++)
		if (open("own", O_WRONLY | O_CREAT, 0600) < 0)
			return 1;
	pcarch_event(PCARCH_LEVEL_INFO, "after", PCARCH_NO_FIELDS);
	pcarch_end(run, 0);
	return 0;
}
C
compile daemon.c -o daemon
fresh
assert_exit 0 ./daemon
verify
assert_log "len(by('before')) == len(by('after')) == 1 and len(paths) == 2"
assert_equal "$(stat -c %s own)" 0 "bytes in the program's file"
