# pcarch log verify and anchor: what is said of a log that was edited in every way.
. "$(dirname "$0")/lib.sh"
need_pcarch log
need_command python3
cd "$tmp" || exit 1
(umask 077 && printf '%s\n' 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f >key &&
	printf '%s\n' 0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20 >other.key)

# edited NAME: the log of that edit, in the directory NAME.
edited() {
	PYTHONDONTWRITEBYTECODE=1 python3 "$SOURCE_DIR/tests/telemetry/edited_log.py" "$1" "$1" || fail "no log '$1'"
}

first=polycall-01969bec0b2070119213141516171819-000001.jsonl

# verified EXIT NAME TEXT...: the log of that edit, verified: each text is said, and exactly so many findings
# that are no notes.
verified() {
	local expected=$1 name=$2 text
	shift 2
	edited "$name"
	assert_exit "$expected" "$PCARCH" log verify --key key "$name"
	for text; do
		assert_out "$text"
	done
	assert_equal "$(grep -cE ': (error|unknown): |^(error|unknown): ' "$tmp/.out")" $# "findings of '$name'"
	assert_err_is ''
}

# What is as it was written.
verified 0 none
assert_out '16 lines in 2 segments of 1 process: 16 seals are right, 6 tags checked; 0 errors, 0 not known'
verified 0 long-epoch
verified 0 open
assert_out 'the log was not closed'
verified 0 clock-step-told
assert_out 'the log says so itself'

# Lines.
verified 1 changed "changed/$first:4: error: this line, event 4, was changed after it was written: its seal is not that of its bytes, and the line after it is as it was [changed]"
verified 1 changed-header ':1: error: this line, event 1, was changed'
verified 1 changed-last ':10: error: this line, event 10, was changed'
verified 1 garbage ':4: error: this line, event 4, was changed after it was written: it is no sealed event any more [changed]'
verified 1 seal-changed ':4: error: the seal of this line, event 4, was changed; what it says is as it was written [seal-changed]'
verified 1 deleted ':4: error: 1 line was deleted before this one: event 5 follows event 3 of line 3 [deleted]'
verified 1 deleted-some ':4: error: 3 lines were deleted before this one: event 7 follows event 3 of line 3 [deleted]'
verified 1 deleted-first 'error: no line is the header of a segment, which names its key: it is no sealed log, or its first line was deleted [unsealed]'
verified 1 deleted-last "2 lines were cut from the end of 'deleted-last/$first': it ends with event 8, and this segment goes on with event 11 [truncated]"
verified 1 inserted ':5: error: this line was inserted: it says to be event 4, which is line 4 (V6) [inserted]'
verified 1 inserted-number ':5: error: this line was inserted: it says to be event 900, and stands between lines that belong together [inserted]'
verified 1 inserted-text ':5: error: this line was inserted: it is no sealed event of this process [inserted]'
verified 1 inserted-long ':5: error: this line was inserted: it is no sealed event'
verified 1 inserted-epoch ':5: error: this line was inserted: it is no sealed event'
verified 1 deep ':5: error: this line was inserted: it is no sealed event'
verified 1 replay ':7: error: this line repeats line 4, event 4: a copy was inserted (V6) [replay]'
verified 1 reordered 'was moved: it does not stand where its number belongs [reordered]'
verified 1 moved ':10: error: this line, event 3, was moved'
verified 1 resealed ':4: error: this line, event 4, was changed and sealed anew without the key: neither it nor the line after it fits [resealed]'
verified 1 resealed-end ':4: error: from this line on, event 4, to the end no line fits: they were written or sealed anew without the key [resealed]'
verified 1 made-anew 'error: no line fits: its header was changed, or the whole segment was made anew without the key [wrong-key]'
verified 1 cut ':10: unknown: the last line is cut off' '1 line was cut from the end of'

# Segments.
verified 1 segment-deleted 'segment 3 follows segment 1 of the process: what is between them is missing [deleted]'
verified 1 segment-twice "of this process is in 'segment-twice/copy.jsonl', too: give one of the two; if they differ, one is forged (V6) [replay]"

# Session rules.
verified 1 mono 'the monotonic clock goes back by 0.001002 s'
verified 1 clock-step ':7: error: the wall clock steps by -3600.000 s: it goes on by -3598.000 s while 2.000 s pass (V3), and no event'
verified 1 start ':2: error: the session starts 2.000 s away from 2025-05-04T15:31:00.000Z, the time in its GUID; 1 s is allowed (V4) [start]'
verified 1 window 'the event lies 55.000 s before its execution began'
verified 1 stale 'the GUID is stale: its execution began at 2025-05-03T14:31:00.000Z, 25.0 h before this event (V2, V6); --max-age allows more [stale]'
assert_exit 0 "$PCARCH" log verify --key key --max-age 30 stale
assert_exit 0 "$PCARCH" log verify --key key --max-age 0 stale
verified 1 tag 'the GUID is not that of the steps: the GUID, the steps or the user were changed, or another key made it (V5) [tag]'
verified 1 duplicate 'the execution 01969bec0b2070418243444546474849 was begun by another process, too: one of the two is a copy (V6) [duplicate]'
verified 3 lost 'unknown: the process could not write all events (write_failed 3) [lost]'

# Keys.
assert_exit 3 "$PCARCH" log verify --key other.key none
assert_out 'the segment is sealed with the key 3b6d804e, and the key given is '
assert_exit 3 "$PCARCH" log verify none
assert_out 'is sealed with the key 3b6d804e, and no key is given'
assert_exit 0 env PCARCH_GUID_KEY_FILE=key "$PCARCH" log verify none
assert_exit 0 "$PCARCH" log verify --key other.key --key key none
chmod 644 other.key
assert_exit 2 "$PCARCH" log verify --key other.key none
assert_err "'other.key' can be read or written by others"
assert_exit 2 "$PCARCH" log verify --key missing none
assert_err "'missing' does not exist"

# Logs that are sealed to an auditor: the installation's key does not open them.
(umask 077 && printf '%s\n' 0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20 >auditor &&
	printf '%s\n' 1102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20 >other.auditor)
verified 3 audited ':1: unknown: the segment is sealed for an auditor, whose secret key alone opens it' \
	'-000002.jsonl:1: unknown: the segment is sealed for an auditor'
assert_exit 0 "$PCARCH" log verify --key key --auditor-key auditor audited
assert_out '16 seals are right'
assert_exit 3 "$PCARCH" log verify --key key --auditor-key other.auditor audited
assert_out 'the segment is sealed for another auditor than the one whose secret key is given: 07a37cbc..., not '
edited audited-changed
assert_exit 1 "$PCARCH" log verify --key key --auditor-key auditor audited-changed
assert_out ':4: error: this line, event 4, was changed'
edited audited-key-changed
assert_exit 1 "$PCARCH" log verify --key key --auditor-key auditor audited-key-changed
assert_out "the key of the segment does not open, though it says to be for this auditor: 'sealed_key' was changed"
chmod 640 auditor
assert_exit 2 "$PCARCH" log verify --auditor-key auditor audited
assert_err "'auditor' can be read or written by others"
(umask 077 && echo x >short)
assert_exit 2 "$PCARCH" log verify --auditor-key short audited
assert_err "'short' is no secret key: it must hold 64 lowercase hex digits"

# Anchors: what is cut behind the last line is seen by them alone.
edited truncated
assert_exit 0 "$PCARCH" log verify --key key truncated
"$PCARCH" log anchor none >anchors || fail 'no anchors'
assert_exit 0 "$PCARCH" log verify --key key --anchors anchors none
assert_exit 1 "$PCARCH" log verify --key key --anchors anchors truncated
assert_out 'the log was cut: its anchor of 2025-05-04T15:31:10.000000000Z knows event 16, and it ends with event 14 [truncated]'
assert_exit 1 "$PCARCH" log verify --key key --anchors anchors none/*-000001.jsonl
assert_out 'the log was cut: its anchor'
edited anew
assert_exit 1 "$PCARCH" log verify --key key --anchors anchors anew
assert_out 'has another seal than its anchor of'
assert_exit 1 "$PCARCH" log verify --key key --anchors anchors duplicate/other-*
assert_out 'and no log that is given has it [truncated]'
echo 'pcarch.log.v1 x' >>anchors
assert_exit 2 "$PCARCH" log verify --key key --anchors anchors none
assert_err "anchors:2: error: this is no anchor, as 'pcarch log anchor' prints them"

# Other input.
assert_exit 2 "$PCARCH" log verify - <none/*-000001.jsonl
assert_err 'must be read more than once'
assert_exit 2 "$PCARCH" log verify "$SOURCE_DIR/tests/e2e"
assert_err "no file's name ends in '.jsonl'"
assert_exit 2 "$PCARCH" log verify
assert_err 'no log is named'
assert_exit 1 "$PCARCH" log verify --key key --format json changed
grep -q '^{"row": "finding", "severity": "error", "finding": "changed", "file": "changed/.*", "line": 4, "text": "this line' "$tmp/.out" ||
	fail 'the finding is no row of JSON'
printf '\n' >empty.jsonl
assert_exit 1 "$PCARCH" log verify --key key empty.jsonl

# Python's own BLAKE2b agrees: it accepts what is accepted and finds fault with the rest.
judge() { python3 "$SOURCE_DIR/tests/telemetry/sealed_log.py" verify --key key "$1"/polycall-*.jsonl; }
export PYTHONDONTWRITEBYTECODE=1
judge none >/dev/null 2>&1 || fail 'the judge refuses a log that is right'
! judge changed >/dev/null 2>&1 || fail 'the judge accepts a changed log'
