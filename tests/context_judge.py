#!/usr/bin/env python3
"""Judge a service by W3C Trace Context, level 2: what it makes of the headers that it is sent.

Usage: context_judge.py http://HOST:PORT/test

The service takes POST [{"url", "arguments"}, …] and posts each `arguments` to its `url`. Each case sends it
one request, as bytes, and looks at the headers of what comes back here. Exit status: 1 when a case fails.
"""
import http.server
import json
import re
import socket
import sys
import threading
import urllib.parse

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
PARENT = f"00-{TRACE}-{SPAN}-01"
arrived = []


class Next(http.server.BaseHTTPRequestHandler):
    """The service that the judged one calls."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        arrived.append(self.headers.items())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def values(headers, name):
    return [value for key, value in headers if key.lower() == name]


class Case:
    """What went out for what came in."""

    def __init__(self, headers):
        parents = values(headers, "traceparent")
        assert len(parents) == 1, f"{len(parents)} traceparent headers went out"
        found = re.fullmatch("00-([0-9a-f]{32})-([0-9a-f]{16})-(0[0-3])", parents[0])
        assert found, f"traceparent is '{parents[0]}'"
        self.trace, self.span, flags = found.groups()
        self.flags = int(flags, 16)
        assert set(self.trace) != {"0"} and set(self.span) != {"0"}, "an id is zero"
        assert self.span != SPAN, "the parent's id went out again"
        self.state = ",".join(values(headers, "tracestate"))
        self.correlation = values(headers, "x-correlation-id")

    def continues(self, flags=None):
        assert self.trace == TRACE, "the trace was not continued"
        assert flags is None or self.flags == flags, f"flags are {self.flags}, not {flags}"

    def is_of(self, trace, flags):
        assert self.trace == trace and self.flags == flags, f"trace is {self.trace}, flags {self.flags}"

    def correlates(self, name):
        assert len(self.correlation) == 1, f"{len(self.correlation)} x-correlation-id headers went out"
        assert not name or self.correlation == [name], f"the correlation id is {self.correlation}, not '{name}'"
        assert name or re.fullmatch("[0-9a-f]{64}", self.correlation[0]), f"the correlation id is {self.correlation}"

    def is_new(self, flags=None):
        assert self.trace != TRACE, "an invalid context was continued"
        assert flags is None or self.flags == flags, f"flags are {self.flags}, not {flags}"
        assert self.flags & 2, "our own id is random, and the flag does not say so"
        assert not self.state, f"tracestate '{self.state}' without its traceparent"

    def has_state(self, state):
        self.continues()
        assert self.state == state, f"tracestate is '{self.state}', not '{state}'"


def cases():
    """(what is sent, what must hold)"""
    same, new = Case.continues, Case.is_new
    yield [], new
    yield [("traceparent", PARENT)], lambda c: c.continues(1)
    yield [("TraceParent", PARENT)], same
    yield [("TRACEPARENT", PARENT)], same
    yield [("trace-parent", PARENT)], new
    yield [("trace.parent", PARENT)], new
    for space in " ", "\t", " \t ":
        yield [("traceparent", space + PARENT + space)], same
    other = PARENT.replace(TRACE, TRACE[::-1])
    yield [("traceparent", PARENT), ("traceparent", other)], new
    yield [("traceparent", PARENT), ("traceparent", PARENT)], new

    # Flags: sampled and random are handed on as they came, all else is not.
    for given, kept in ("00", 0), ("01", 1), ("02", 2), ("03", 3), ("ff", 3), ("04", 0), ("fd", 1):
        yield [("traceparent", PARENT[:-2] + given)], lambda c, kept=kept: c.continues(kept)

    # Versions: a higher one may be longer, after a dash.
    for text in "cc" + PARENT[2:], "cc" + PARENT[2:] + "-what", "01" + PARENT[2:] + "-":
        yield [("traceparent", text)], same
    for text in "cc" + PARENT[2:] + ".what", "ff" + PARENT[2:], PARENT + "-what", PARENT + ".", PARENT + "-":
        yield [("traceparent", text)], new
    for version in ".0", "0.", "000", "0000", "0", "", "CC", "cC":
        yield [("traceparent", version + PARENT[2:])], new
    for trace in "0" * 32, "." + TRACE[1:], TRACE[:-1] + ".", TRACE + "1", TRACE[:-1], TRACE.upper(), "":
        yield [("traceparent", f"00-{trace}-{SPAN}-01")], new
    for span in "0" * 16, "." + SPAN[1:], SPAN[:-1] + ".", SPAN + "1", SPAN[:-1], SPAN.upper(), "":
        yield [("traceparent", f"00-{TRACE}-{span}-01")], new
    for flags in ".0", "0.", "001", "1", "", "0A", "FF":
        yield [("traceparent", f"00-{TRACE}-{SPAN}-{flags}")], new
    yield [("traceparent", PARENT.replace("-", "_"))], new
    yield [("traceparent", "")], new

    def state(*given):
        return [("traceparent", PARENT)] + [("tracestate", text) for text in given]

    def kept(text):
        return lambda c: c.has_state(text)

    yield [("tracestate", "foo=1")], new
    yield state("foo=1,bar=2"), kept("foo=1,bar=2")
    yield [("traceparent", PARENT), ("TraceState", "foo=1")], kept("foo=1")
    yield [("traceparent", PARENT), ("trace-state", "foo=1")], kept("")
    yield state(""), kept("")
    yield state("foo=1", ""), kept("foo=1")
    yield state("", "foo=1"), kept("foo=1")
    yield state("foo=1,,bar=2"), kept("foo=1,bar=2")
    yield state("foo=1,bar=2", "rojo=1,congo=2", "baz=3"), kept("foo=1,bar=2,rojo=1,congo=2,baz=3")
    yield state("foo=1,foo=2"), kept("foo=1")
    yield state("foo=1", "foo=1"), kept("foo=1")
    yield state("foo=1 \t , \t bar=2, \t baz=3"), kept("foo=1,bar=2,baz=3")
    yield state("\t foo=1 \t"), kept("foo=1")
    key = "abcdefghijklmnopqrstuvwxyz0123456789_-*/@"
    value = "".join(map(chr, range(0x20, 0x7f))).replace(",", "").replace("=", "")
    yield state(f"{key}={value}"), kept(f"{key}={value}")
    yield state("0a=1"), kept("0a=1")
    for bad in "foo =1", "FOO=1", "foo.bar=1", "@foo=1", "=1", "foo", "foo=", "foo=1=2", "_a=1", "f\x01o=1":
        yield state(bad + ",bar=2"), kept("")
    yield state("foo=\xe9"), kept("")
    members = [f"bar{i:02}={i:02}" for i in range(33)]
    yield state(",".join(members[:20]), ",".join(members[20:32])), kept(",".join(members[:32]))
    yield state(",".join(members)), kept("")
    for length in 1, 256:
        yield state(f"{'k' * length}=1"), kept(f"{'k' * length}=1")
        yield state(f"foo={'v' * length}"), kept(f"foo={'v' * length}")
    yield state(f"{'k' * 257}=1"), kept("")
    yield state(f"foo={'v' * 257}"), kept("")

    # Bytes that are no text; a control character, which a server may refuse on its own. Too much of it.
    for junk in "\xff\xfe" * 28, PARENT + "\x01", "\x80" + PARENT[1:], PARENT[:3] + "\xe9" + PARENT[4:], "0" * 8000:
        yield [("traceparent", junk)], new
    yield state(",".join(f"k{i}=" + "v" * 256 for i in range(25))), kept(",".join(f"k{i}=" + "v" * 256 for i in range(25)))

    yield from b3_cases()
    yield from correlation_cases()


def b3_cases():
    """What comes in without traceparent, in one header or several; traceparent wins, also an invalid one."""
    single = f"{TRACE}-{SPAN}"
    for end, flags in ("", 1), ("-1", 1), ("-d", 1), ("-0", 0), ("-1-" + SPAN, 1):
        yield [("b3", single + end)], lambda c, flags=flags: c.continues(flags)
    yield [("B3", single + "-1")], Case.continues
    short = TRACE[16:]
    yield [("b3", f"{short}-{SPAN}-1")], lambda c: c.is_of("0" * 16 + short, 1)
    for bad in (single.upper(), TRACE, f"{TRACE}-{SPAN[1:]}", single + "-2", single + "-1-" + SPAN + "-1",
                f"{'0' * 32}-{SPAN}-1", f"{TRACE}-{'0' * 16}-1", f"{TRACE[:24]}-{SPAN}-1", ""):
        yield [("b3", bad)], Case.is_new
    yield [("b3", "0")], lambda c: c.is_new(2)
    several = [("X-B3-TraceId", TRACE), ("X-B3-SpanId", SPAN)]
    yield several, lambda c: c.continues(1)
    yield several + [("X-B3-Sampled", "0")], lambda c: c.continues(0)
    yield several + [("X-B3-Sampled", "1"), ("X-B3-ParentSpanId", "1" * 16)], lambda c: c.continues(1)
    yield several + [("X-B3-Flags", "1")], lambda c: c.continues(1)
    yield several[:1], Case.is_new
    yield several + [("X-B3-Sampled", "yes")], Case.is_new
    other = TRACE[::-1]
    yield [("traceparent", PARENT), ("b3", f"{other}-{SPAN}-1")], lambda c: c.continues(1)
    yield [("traceparent", PARENT[:-1]), ("b3", single)], Case.is_new
    yield [("b3", f"{other}-{SPAN}-1")] + several, lambda c: c.is_of(other, 1)


def correlation_cases():
    """An id that comes in is handed on; what is none is replaced by a GUID, and no byte of it goes out."""
    for good in "order-4711", "a", "A.b_c-9" * 18:
        yield [("X-Correlation-ID", good)], lambda c, good=good: c.correlates(good)
        yield [("traceparent", PARENT), ("x-correlation-id", good)], lambda c, good=good: c.correlates(good)
    for bad in "", "a b", "x" * 129, "a/b", "{}", "caf\xe9", "a;b", "a\x01b":
        yield [("X-Correlation-ID", bad)], lambda c: c.correlates(None)
    yield [("X-Correlation-ID", "one"), ("X-Correlation-ID", "two")], lambda c: c.correlates(None)
    yield [], lambda c: c.correlates(None)


def send(url, headers, body):
    at = urllib.parse.urlsplit(url)
    lines = [f"POST {at.path} HTTP/1.1", f"Host: {at.netloc}", "Connection: close", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    with socket.create_connection((at.hostname, at.port), timeout=20) as link:
        link.sendall("\r\n".join(lines + ["", body]).encode("latin-1"))
        reply = b"".join(iter(lambda: link.recv(65536), b""))
    assert reply.startswith(b"HTTP/1.1 200"), f"the service answered {reply[:40]!r}"


def judge(url, here, headers, holds):
    del arrived[:]
    send(url, headers, json.dumps([{"url": here, "arguments": []}] * 2))
    assert len(arrived) == 2, f"{len(arrived)} of 2 requests came here"
    for out in arrived:
        holds(Case(out))
    first, second = map(Case, arrived)
    assert first.span != second.span, "two requests have the same parent id"
    assert first.trace == second.trace, "two requests of one are in two traces"


def main():
    url = sys.argv[1]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Next)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}/"
    count = failed = 0
    for headers, holds in cases():
        count += 1
        try:
            judge(url, here, headers, holds)
        except AssertionError as error:
            failed += 1
            print(f"{headers}: {error}")
    print(f"{count - failed} of {count} cases hold")
    return failed > 0 or not count


if __name__ == "__main__":
    sys.exit(main())
