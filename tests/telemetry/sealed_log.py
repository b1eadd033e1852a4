#!/usr/bin/env python3
"""The sealed log of docs/telemetry-log.md, in Python's own BLAKE2b: makes the example, and judges what C wrote.

    sealed_log.py example DIR
    sealed_log.py verify [--key FILE] [--auditor-key FILE] SEGMENT...     exit 1 and a line for each finding
"""
import argparse, ctypes, ctypes.util, datetime, hashlib, json, pathlib, struct, sys

ZERO = bytes(32)
MEMBERS = """level timestamp correlationId service event channel instanceId duration_ms seq epoch mono_ns guid trace_id
    span_id parent_span_id route_id path_id route command user_ref error state recent redacted simulated key_id steps
    links dropped log metadata h""".split()
REQUIRED = """level timestamp correlationId service event channel instanceId seq epoch mono_ns guid trace_id span_id
    key_id h""".split()
KINDS = {"PROG": 1, "CMD": 2, "BRANCH": 3, "FORK": 4, "OUTCOME": 5, "UNRESOLVED": 6}


def B(size, key, person, message):
    return hashlib.blake2b(message, digest_size=size, key=key, person=person.encode()).digest()


def subkey(key, number):
    """libsodium's crypto_kdf_derive_from_key."""
    return hashlib.blake2b(b"", digest_size=32, key=key, salt=struct.pack("<Q", number).ljust(16, b"\0"),
                           person=b"pcarcGID".ljust(16, b"\0")).digest()


class Chain:
    def __init__(self, key, nonce, user_ref=bytes(16)):
        self.kc, self.kt, self.nonce, self.n, self.route, self.labels = subkey(key, 1), subkey(key, 2), nonce, 0, ZERO, []
        self.sent = None  # the GUID after routing
        self.state = B(32, self.kc, "pcarch.guid.init", nonce + user_ref)

    def step(self, kind, label):
        self.n += 1
        token = struct.pack(">BH", KINDS[kind], len(label)) + label.encode()
        self.state = B(32, self.kc, "pcarch.guid.step", self.state + struct.pack(">I", self.n) + token)
        if kind in ("PROG", "CMD", "BRANCH"):
            self.route = B(32, b"", "pcarch.route.v1", self.route + struct.pack(">I", self.n) + token)
        self.labels.append(kind + ":" + label)

    def guid(self):
        return (self.nonce + B(16, self.kt, "pcarch.guid.tag1", self.state + struct.pack(">I", self.n))).hex()


def rfc3339(ns):
    at = datetime.datetime.fromtimestamp(ns // 10**9, datetime.timezone.utc)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + "%09dZ" % (ns % 10**9)


class Writer:
    def __init__(self, directory, key, service, instance):
        self.directory, self.key, self.service, self.instance = pathlib.Path(directory), key, service, instance
        self.seq, self.segment, self.previous = 1, 0, ZERO
        self.key_id = B(16, key, "pcarch.keyid.v1", b"")[:4].hex()
        self.session = Chain(key, instance)
        self.session.step("PROG", service)
        self.out = None

    def line(self, at_ns, event, channel="log", level="info", chain=None, **members):
        chain = chain or self.session
        row = dict(level=level, timestamp=rfc3339(at_ns), correlationId=chain.sent or chain.guid(), service=self.service, event=event,
                   channel=channel, instanceId=self.instance.hex(), seq=self.seq, epoch=self.epoch,
                   mono_ns=str(at_ns - 1746372000 * 10**9), guid=chain.guid(), trace_id=chain.nonce.hex(),
                   span_id=chain.nonce[8:].hex(), key_id=self.key_id, **members)
        row = {name: row[name] for name in MEMBERS if name in row}
        text = json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()[:-1]
        self.h = B(32, self.log_key, "pcarch.log.v1", self.h + struct.pack(">QI", self.seq, self.epoch) + text)
        self.out.write(text + b',"h":"' + self.h.hex().encode() + b'"}\n')
        self.seq, self.lines = self.seq + 1, self.lines + 1

    def open(self, at_ns, nonce):
        self.segment, self.epoch, self.h, self.lines = self.segment + 1, 0, ZERO, 0
        self.out = open(self.directory / f"{self.service}-{self.instance.hex()}-{self.segment:06}.jsonl", "wb")
        self.log_key = B(32, subkey(self.key, 4), "pcarch.log0.v1", nonce)
        self.line(at_ns, "log.segment", log={"format": "pcarch.log.v1", "segment": self.segment, "nonce": nonce.hex(),
                                             "previous": self.previous.hex(), "seal": "local"})

    def checkpoint(self, at_ns, last=False):
        self.line(at_ns, "log.checkpoint", dropped={}, log={"lines": self.lines, "last": last})
        self.log_key = B(32, self.log_key, "pcarch.logkey.v1", b"evolve")
        self.epoch, self.lines, self.previous = self.epoch + 1, 0, self.h


def example(directory):
    ms = 1746372660000
    def nonce(first):  # as in TELEMETRY.md's vectors, whose random bytes are a0 to a9
        random = bytes(range(first, first + 10))
        raw = bytearray(ms.to_bytes(6, "big") + random)
        raw[6], raw[8] = 0x70 | (raw[6] & 0x0f), 0x80 | (raw[8] & 0x3f)
        return bytes(raw)
    key, now = bytes(range(32)), ms * 10**6
    pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
    log = Writer(directory, key, "polycall", nonce(0x10))
    log.open(now, nonce(0x20))
    log.line(now + 1000, "session.start", "cli", metadata={"pid": 4711, "clock_synced": True})
    run = Chain(key, nonce(0xa0))
    for kind, label in (("PROG", "polycall"), ("CMD", "telemetry"), ("CMD", "status")):
        run.step(kind, label)
    routed = dict(route_id=run.route[:16].hex(), route="telemetry status", command="polycall telemetry status")
    log.line(now + 2000, "command.start", "cli", chain=run, steps=run.labels[:],
             links=[{"relation": "session", "guid": log.session.guid()}],
             metadata={"argv": ["polycall", "telemetry", "status", "--token", "[redacted]"]}, **routed)
    run.sent = run.guid()
    run.step("BRANCH", "source=net")
    routed.update(path_id=run.route[:16].hex())
    log.line(now + 3000, "branch.taken", "cli", level="debug", chain=run, metadata={"branch": "source=net"}, **routed)
    log.line(now + 4000, "external.call.start", "http", chain=run,
             metadata={"source": "polycalld", "endpoint": "http://127.0.0.1:8470/status", "operation": "GET"}, **routed)
    log.checkpoint(now + 5000)
    error = dict(type="AUTH_FAILED", source="polycalld", endpoint="http://127.0.0.1:8470/status", layer="network",
                 code=401, message="the service refused the credentials", external=True, retryable=False,
                 stack=["polycall[0123456789abcdef]+0x1234"])
    log.line(now + 812 * 10**6, "external.call.end", "http", level="error", chain=run, duration_ms=811.996, error=error,
             recent=[{"seq": 4, "event": "branch.taken", "mono_ns": "660000003000"},
                     {"seq": 5, "event": "external.call.start", "mono_ns": "660000004000"}],
             steps=run.labels[:], redacted=["authorization"], metadata={"authorization": "[redacted]"}, **routed)
    log.checkpoint(now + 813 * 10**6, last=True)
    log.open(now + 814 * 10**6, nonce(0x30))
    run.step("OUTCOME", "AUTH_FAILED")
    log.line(now + 815 * 10**6, "command.end", "cli", level="error", chain=run, duration_ms=815, steps=run.labels[:], **routed)
    log.line(now + 816 * 10**6, "session.close", "cli")
    log.checkpoint(now + 817 * 10**6, last=True)
    assert run.sent.endswith("a4c79db8f91e62ba598451687b169a63")


def opened_by_auditor(log, path):
    """A_0, by libsodium: Python has no X25519 of its own."""
    secret = bytes.fromhex(pathlib.Path(path).read_text().strip())
    sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
    out, sealed = ctypes.create_string_buffer(32), bytes.fromhex(log["sealed_key"])
    if sodium.crypto_box_seal_open(out, sealed, ctypes.c_ulonglong(len(sealed)), bytes.fromhex(log["auditor"]), secret):
        raise ValueError("sealed_key does not open")
    return out.raw


class Verifier:
    def __init__(self, key, auditor):
        self.key, self.auditor, self.findings = key, auditor, []
        self.seq, self.last, self.segment = None, None, 0
        self.h = self.log_key = None

    def say(self, where, what):
        self.findings.append(f"{where}: {what}")

    def header(self, where, row):
        log = row["log"]
        if log["seal"] == "auditor":
            self.log_key = opened_by_auditor(log, self.auditor)
        else:
            self.log_key = B(32, subkey(self.key, 4), "pcarch.log0.v1", bytes.fromhex(log["nonce"]))
        if self.segment and (log["segment"] != self.segment + 1 or log["previous"] != self.last):
            self.say(where, "not the segment that follows")
        self.h, self.epoch, self.lines, self.segment = ZERO, 0, 0, log["segment"]

    def line(self, where, raw, is_first):
        body, mark, rest = raw.rpartition(b',"h":"')
        row = json.loads(raw)
        names = list(row)
        if [n for n in MEMBERS if n in names] != names or any(n not in names for n in REQUIRED):
            self.say(where, f"members {names}")
        if is_first:
            self.header(where, row)
        if not mark or len(rest) != 66 or row["epoch"] != self.epoch:
            self.say(where, "not sealed as it should be")
        self.h = B(32, self.log_key, "pcarch.log.v1", self.h + struct.pack(">QI", row["seq"], self.epoch) + body)
        if self.h.hex() != row["h"]:
            self.say(where, "the seal is broken")
            self.h = bytes.fromhex(row["h"])
        if self.seq is not None and row["seq"] != self.seq + 1:
            self.say(where, f"line {row['seq']} follows {self.seq}")
        self.seq, self.last, self.lines = row["seq"], row["h"], self.lines + 1
        if row["event"] == "log.checkpoint":
            if row["log"]["lines"] != self.lines - 1:
                self.say(where, "a checkpoint that counts other lines")
            self.log_key = B(32, self.log_key, "pcarch.logkey.v1", b"evolve")
            self.epoch, self.lines = self.epoch + 1, 0
        if self.key is not None and "steps" in row:
            self.check_steps(where, row)
        return row

    def check_steps(self, where, row):
        chain = Chain(self.key, bytes.fromhex(row["guid"][:32]), bytes.fromhex(row.get("user_ref", "00" * 16)))
        for step in row["steps"]:
            chain.step(*step.split(":", 1))
        if chain.guid() != row["guid"]:
            self.say(where, "the steps make another GUID")


def verify(args):
    key = pathlib.Path(args.key).read_bytes() if args.key else bytes(32)
    if len(key) != 32:
        key = bytes.fromhex(key.decode().strip())
    findings = []
    for process in sorted({path.rsplit("-", 1)[0] for path in args.segment}):
        verifier, row = Verifier(key, args.auditor_key), None
        for path in sorted(path for path in args.segment if path.rsplit("-", 1)[0] == process):
            lines = pathlib.Path(path).read_bytes().split(b"\n")
            if lines.pop():
                verifier.say(path, "the last line is cut")
            for number, raw in enumerate(lines, 1):
                row = verifier.line(f"{path}:{number}", raw, number == 1)
        if row is None or row["event"] != "log.checkpoint" or not row["log"]["last"]:
            print(f"{process}: not closed: it may have been cut behind its last line", file=sys.stderr)
        findings += verifier.findings
    print("\n".join(findings), end="\n" if findings else "")
    return bool(findings)


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("example").add_argument("directory")
    judge = commands.add_parser("verify")
    judge.add_argument("--key")
    judge.add_argument("--auditor-key")
    judge.add_argument("segment", nargs="+")
    args = parser.parse_args()
    sys.exit(example(args.directory) if args.command == "example" else verify(args))


if __name__ == "__main__":
    main()
