# Small programs, one mechanism of indirect calls each: what is expected, what really runs, and what the
# graph says must be the same (tests/calls/run.py). Usage: test_calls.sh [NAME...]
. "$(dirname "$0")/lib.sh"
need_pcarch scan
need_command python3 gcc addr2line nm
# The sanitizers of the tool must not hear of the programs, nor these of an interposer of the user.
unset LD_PRELOAD
run python3 "$SOURCE_DIR/tests/calls/run.py" --pcarch "$PCARCH" --keep "$tmp/calls" "$@"
cat "$tmp/.out"
ran=
[ "$status" = 0 ] || fail "see above; 'tests/calls/run.py NAME' judges one program$(sed 's/^/\n/' "$tmp/.err" | tail -n 5)"
