# The bundled relay, built against the installed library, judged by W3C Trace Context, level 2.
. "$(dirname "$0")/lib.sh"
need_pcarch log
need_command cmake ninja python3 pkg-config
[ -f "$BUILD_DIR/CMakeCache.txt" ] || skip "there is no build in '$BUILD_DIR'"
for library in libmicrohttpd libcurl libcjson; do
	pkg-config --exists $library || skip "the headers of $library are not installed"
done
cd "$tmp" || exit 1

assert_exit 0 cmake --install "$BUILD_DIR" --prefix "$tmp/installed"
export PKG_CONFIG_PATH=$tmp/installed/lib/pkgconfig
assert_exit 0 cmake -S "$SOURCE_DIR/examples/relay" -B build -G Ninja
assert_exit 0 ninja -C build
mkdir log
PCARCH_LOG=$tmp/log build/relay 0 >relay.log 2>&1 &
pids=($!)
wait_for 10 grep -q listening relay.log
address=$(sed -n 's/.*listening on //p' relay.log)
assert_exit 0 python3 "$SOURCE_DIR/tests/context_judge.py" "http://$address/test"

# A request that comes back here twice is one trace, and so is the way that its log tells.
python3 - "http://$address" <<'PYTHON' || fail 'the relay does not relay'
import json, sys, urllib.request
url = sys.argv[1] + "/test"
nested = [{"url": url, "arguments": [{"url": url, "arguments": []}]}]
parent = "00-" + "7" * 32 + "-" + "8" * 16 + "-01"
request = urllib.request.Request(url, json.dumps(nested).encode(), {"traceparent": parent})
assert urllib.request.urlopen(request, timeout=20).status == 200
for body in b"", b"{", b"[1]", b'[{"url": 1}]', b'[{"url": "file:///etc/hostname"}]':
    try:
        urllib.request.urlopen(url, body, timeout=20)
        sys.exit(f"the relay takes {body}")
    except urllib.error.HTTPError as error:
        assert error.code == 400, (body, error)
PYTHON
kill "${pids[0]}"
wait "${pids[0]}"
assert_equal $? 0
pids=()
assert_exit 0 "$PCARCH" log verify log
assert_exit 0 "$PCARCH" log query --trace 77777777777777777777777777777777 --event command.end log
assert_equal "$(grep -c command.end <<<"$out")" 3
