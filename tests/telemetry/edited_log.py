#!/usr/bin/env python3
"""A sealed log, edited as a forger or an accident would: edited_log.py DIR EDIT. What `pcarch log verify` must say of
each is in tests/e2e/test_log_verify.sh."""
import ctypes, ctypes.util, json, pathlib, sys
import sealed_log
from sealed_log import B, Chain, Writer, ZERO

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
MS = 1746372660000
SECOND = 10**9


def nonce(first, ms=MS):
    raw = bytearray(ms.to_bytes(6, "big") + bytes(range(first, first + 10)))
    raw[6], raw[8] = 0x70 | (raw[6] & 0x0F), 0x80 | (raw[8] & 0x3F)
    return bytes(raw)


def run_command(log, at, first, code=None, name="status", ms=MS, **more):
    """An execution: started, branched, ended."""
    chain = Chain(log.key, nonce(first, ms))
    for step in (("PROG", log.service), ("CMD", "telemetry"), ("CMD", name)):
        chain.step(*step)
    routed = dict(route_id=chain.route[:16].hex(), route="telemetry " + name,
                  command=f"{log.service} telemetry {name}")
    log.line(at, "command.start", "cli", chain=chain, steps=chain.labels[:], **routed, **more)
    chain.sent = chain.guid()
    chain.step("BRANCH", "source=net")
    log.line(at + 1000, "branch.taken", "cli", level="debug", chain=chain, **routed)
    chain.step("OUTCOME", "ok")
    log.line(at + 2000, "command.end", "cli", chain=chain, steps=chain.labels[:], duration_ms=0.002, **routed)


class Log(Writer):
    """One that checkpoints by itself, and whose clock can be set."""
    step_ns = 0

    def line(self, at_ns, event, channel="log", **members):
        super().line(at_ns, event, channel, **members)
        if self.step_ns:
            self.shift()

    def shift(self):
        """Move the wall clock of the last line by step_ns, and seal it again with its own key."""
        self.out.flush()
        path = pathlib.Path(self.out.name)
        lines = path.read_bytes().splitlines(keepends=True)
        row = json.loads(lines[-1])
        row["timestamp"] = sealed_log.rfc3339(int(row["mono_ns"]) + 1746372000 * SECOND + self.step_ns)
        del row["h"]
        text = json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()[:-1]
        before = bytes.fromhex(json.loads(lines[-2])["h"]) if len(lines) > 1 else ZERO
        self.h = B(32, self.log_key, "pcarch.log.v1", before + row["seq"].to_bytes(8, "big")
                   + row["epoch"].to_bytes(4, "big") + text)
        lines[-1] = text + b',"h":"' + self.h.hex().encode() + b'"}\n'
        self.out.close()
        path.write_bytes(b"".join(lines))
        self.out = open(path, "ab")


class Audited(Log):
    """Sealed to an auditor, whose secret key is 1, 2, 3 …"""
    secret = bytes(range(1, 33))

    def open(self, at_ns, nonce):
        sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
        auditor, sealed = ctypes.create_string_buffer(32), ctypes.create_string_buffer(80)
        self.log_key = bytes(range(64, 96))
        sodium.crypto_scalarmult_base(auditor, self.secret)
        sodium.crypto_box_seal(sealed, self.log_key, ctypes.c_ulonglong(32), auditor)
        self.segment, self.epoch, self.h, self.lines = self.segment + 1, 0, ZERO, 0
        self.out = open(self.directory / f"{self.service}-{self.instance.hex()}-{self.segment:06}.jsonl", "wb")
        self.line(at_ns, "log.segment", log={"format": "pcarch.log.v1", "segment": self.segment, "nonce": nonce.hex(),
                                             "previous": self.previous.hex(), "seal": "auditor",
                                             "auditor": auditor.raw.hex(), "sealed_key": sealed.raw.hex()})


def make(directory, key=KEY, kind=Log, edit=""):
    log = kind(directory, key, "polycall", nonce(0x10))
    at = MS * 10**6
    log.open(at, nonce(0x20))
    if edit == "start":
        at += 2 * SECOND
    log.line(at + 1000, "session.start", "cli", metadata={"pid": 4711})
    run_command(log, at + SECOND, 0x40)
    log.checkpoint(at + 2 * SECOND)
    if edit == "clock-step-told":
        log.step_ns = 3600 * SECOND
        log.line(at + 3 * SECOND, "clock.step", "log", level="warn")
    if edit == "clock-step":
        log.step_ns = -3600 * SECOND
    run_command(log, at + 4 * SECOND, 0x50, name="start")
    if edit == "stale":
        run_command(log, at + 5 * SECOND, 0x60, ms=MS - 25 * 3600 * 1000)
    if edit == "window":
        run_command(log, at + 5 * SECOND, 0x60, ms=MS + 60000)
    if edit == "tag":
        log.line(at + 5 * SECOND, "command.start", "cli", chain=forged(), steps=["PROG:polycall", "CMD:start"])
    if edit == "lost":
        log.line(at + 5 * SECOND, "telemetry.lost", "log", level="warn", dropped={"write_failed": 3})
    if edit == "mono":
        log.line(at + 4 * SECOND - 1000000, "session.idle", "log")
    if edit == "long-epoch":
        for i in range(600):
            log.line(at + 5 * SECOND + i, "session.idle", "log")
            if i % 256 == 255:
                log.checkpoint(at + 5 * SECOND + i)
    log.checkpoint(at + 6 * SECOND, last=True)
    log.open(at + 7 * SECOND, nonce(0x30))
    run_command(log, at + 8 * SECOND, 0x70)
    log.line(at + 9 * SECOND, "session.close", "cli")
    if edit != "open":
        log.checkpoint(at + 10 * SECOND, last=True)
    log.out.close()
    return log


def forged():
    """An execution that says to have taken other steps."""
    chain = Chain(KEY, nonce(0x60))
    chain.step("PROG", "polycall")
    chain.step("CMD", "status")
    return chain


def seal(line, before, key, epoch=None):
    """The line with a seal of `key`, behind the line `before`."""
    body = line.rpartition(b',"h":"')[0]
    row = json.loads(line)
    h = B(32, key, "pcarch.log.v1", bytes.fromhex(json.loads(before)["h"]) + row["seq"].to_bytes(8, "big")
          + row["epoch"].to_bytes(4, "big") + body)
    return body + b',"h":"' + h.hex().encode() + b'"}\n'


def changed(line):
    return line.replace(b'"service":"polycall"', b'"service":"polycalm"')


def renumbered(line, seq):
    row = json.loads(line)
    return line.replace(b'"seq":%d,' % row["seq"], b'"seq":%d,' % seq)


def edit_lines(name, rows):
    """What became of the first segment: lines 1 to 10, events 1 to 10."""
    if name == "changed":
        rows[3] = changed(rows[3])
    elif name == "changed-last":
        rows[-1] = changed(rows[-1])
    elif name == "changed-header":
        rows[0] = changed(rows[0])
    elif name == "garbage":
        rows[3] = b"\0\xff nothing\n"
    elif name == "seal-changed":
        rows[3] = rows[3][:-5] + (b"00" if rows[3][-5:-3] != b"00" else b"11") + rows[3][-3:]
    elif name == "deleted":
        del rows[3]
    elif name == "deleted-some":
        del rows[3:6]
    elif name == "deleted-first":
        del rows[0]
    elif name == "deleted-last":
        del rows[-2:]
    elif name == "inserted":
        rows.insert(4, changed(rows[3]))
    elif name == "inserted-number":
        rows.insert(4, renumbered(rows[3], 900))
    elif name == "inserted-text":
        rows.insert(4, b'{"level":"info"}\n')
    elif name == "inserted-long":
        rows.insert(4, b"x" * 3000000 + b"\n")
    elif name == "inserted-epoch":
        rows.insert(4, rows[3].replace(b'"epoch":0', b'"epoch":4294967295'))
    elif name == "replay":
        rows.insert(6, rows[3])
    elif name == "reordered":
        rows[3], rows[4] = rows[4], rows[3]
    elif name == "moved":
        rows.append(rows.pop(2))
    elif name == "resealed":
        rows[3] = seal(changed(rows[3]), rows[2], OTHER)
    elif name == "resealed-end":
        rows[3] = changed(rows[3])
        for i in range(3, len(rows)):
            rows[i] = seal(rows[i], rows[i - 1], OTHER)
    elif name == "cut":
        rows[-1] = rows[-1][:40]
    elif name == "audited-key-changed":
        key = json.loads(rows[0])["log"]["sealed_key"].encode()
        rows[0] = rows[0].replace(key, key[:-2] + (b"00" if key[-2:] != b"00" else b"11"))
    elif name == "audited-changed":
        rows[3] = changed(rows[3])
    elif name == "made-anew":
        for i in range(1, len(rows)):
            rows[i] = seal(rows[i], rows[i - 1], OTHER)
        rows[0] = rows[0].replace(b'"nonce":"01969bec', b'"nonce":"01969bed')
    elif name == "deep":
        rows.insert(4, b"[" * 100000 + b"\n")
    return rows


def main():
    directory, name = pathlib.Path(sys.argv[1]), sys.argv[2]
    directory.mkdir(parents=True, exist_ok=True)
    make(directory, kind=Audited if name.startswith("audited") else Log, edit=name)
    first, second = sorted(directory.glob("*.jsonl"))
    rows = edit_lines(name, first.read_bytes().splitlines(keepends=True))
    first.write_bytes(b"".join(rows))
    if name == "truncated":
        second.write_bytes(b"".join(second.read_bytes().splitlines(keepends=True)[:-2]))
    if name == "segment-deleted":
        Writer.open(log := make(directory, edit="open"), MS * 10**6 + 11 * SECOND, nonce(0x38))
        log.out.close()
        second.unlink()
    if name == "segment-twice":
        (directory / "copy.jsonl").write_bytes(first.read_bytes())
    if name == "duplicate":
        other = Log(directory, KEY, "other", nonce(0x90))
        other.open(MS * 10**6, nonce(0xA0))
        run_command(other, MS * 10**6 + SECOND, 0x40)
        other.checkpoint(MS * 10**6 + 2 * SECOND, last=True)
        other.out.close()
    if name == "anew":
        make(directory, edit="lost")


if __name__ == "__main__":
    main()
