#!/usr/bin/env python3
"""A story of three processes, whose clocks differ: story_log.py DIR. A command asks a service, which publishes a message;
a worker consumes it by a link. The service's clock is 2 s late, and one call is never answered."""
import pathlib, sys
from edited_log import KEY, MS, SECOND, Chain, Writer, nonce

PARENT, PUBLISH, LOST = "00000000000000aa", "00000000000000bb", "00000000000000cc"


def execution(log, first, *words):
    chain = Chain(log.key, nonce(first))
    chain.step("PROG", log.service)
    for word in words:
        chain.step("CMD", word)
    chain.routed = dict(route_id=chain.route[:16].hex(), route=" ".join(words),
                        command=" ".join((log.service, *words)))
    return chain


class Service(Writer):
    """Lines may say of what trace and span they are."""
    def line(self, at_ns, event, channel="log", trace=None, span=None, parent=None, **members):
        self.trace = trace, span, parent
        super().line(at_ns, event, channel, **members)


def patch(log):
    """The writer of sealed_log.py takes both ids from the GUID: set them in the row instead."""
    import json, sealed_log
    def dumps(row, **options):
        trace, span, parent = log.trace
        if trace:
            row = dict(row, trace_id=trace)
        if span:
            row = dict(row, span_id=span)
        if parent:
            row["parent_span_id"] = parent
            row = {name: row[name] for name in sealed_log.MEMBERS if name in row}
        return json_dumps(row, **options)
    json_dumps, json.dumps = json.dumps, dumps
    return lambda: setattr(json, "dumps", json_dumps)


def write(directory, service, first, steps):
    log = Service(directory, KEY, service, nonce(first))
    restore = patch(log)
    at = MS * 10**6
    log.open(at, nonce(first + 1))
    log.line(at, "session.start", "cli", metadata={"pid": first})
    steps(log, at)
    log.checkpoint(at + 60 * SECOND, last=True)
    log.out.close()
    restore()


def main():
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    trace = nonce(0x40).hex()

    def command(log, at):
        chain = execution(log, 0x40, "telemetry", "send")
        log.line(at + 5 * SECOND, "command.start", "cli", chain=chain, steps=chain.labels[:], **chain.routed,
                 metadata={"argv": ["polycall", "telemetry", "send"]})
        log.line(at + 6 * SECOND, "external.call.start", "http", chain=chain, span=PARENT, parent=nonce(0x40)[8:].hex(),
                 metadata={"source": "polycalld", "endpoint": "/publish"}, **chain.routed)
        log.line(at + 7 * SECOND, "external.call.end", "http", level="error", chain=chain, span=PARENT,
                 parent=nonce(0x40)[8:].hex(), duration_ms=1000, steps=chain.labels[:], **chain.routed,
                 metadata={"source": "polycalld"}, state={"queue": 17, "token": "[redacted]"}, redacted=["token"],
                 recent=[{"seq": 3, "event": "cache.miss", "mono_ns": "1"}],
                 error=dict(type="UNAVAILABLE", source="polycalld", layer="network", code=503,
                            message="the service cannot be reached now", external=True, retryable=True))
        log.line(at + 7 * SECOND, "external.call.start", "http", chain=chain, span=LOST, parent=nonce(0x40)[8:].hex(),
                 metadata={"source": "metrics", "endpoint": "/count"}, **chain.routed)
        chain.step("OUTCOME", "UNAVAILABLE")
        log.line(at + 8 * SECOND, "command.end", "cli", level="error", chain=chain, duration_ms=3000,
                 steps=chain.labels[:], **chain.routed)
        other = execution(log, 0x50, "telemetry", "status")
        log.line(at + 9 * SECOND, "command.start", "cli", chain=other, steps=other.labels[:], **other.routed,
                 links=[{"relation": "session", "guid": log.session.guid()}])
        log.line(at + 9 * SECOND, "command.end", "cli", chain=other, steps=other.labels[:], duration_ms=0, **other.routed)

    def service(log, at):
        late = at - 2 * SECOND
        chain = execution(log, 0x60, "publish")
        log.line(late + 6 * SECOND + 1000, "command.start", "http", chain=chain, trace=trace, parent=PARENT,
                 steps=chain.labels[:], **chain.routed)
        log.line(late + 6 * SECOND + 2000, "message.publish", "amqp", chain=chain, trace=trace, span=PUBLISH,
                 parent=nonce(0x60)[8:].hex(), **chain.routed)
        log.line(late + 6 * SECOND + 3000, "command.error", "http", level="error", chain=chain, trace=trace, parent=PARENT,
                 steps=chain.labels[:], **chain.routed,
                 error=dict(type="DISK_FULL", source="polycalld", layer="storage", code=28, cause="NO_SPACE",
                            message="there is no space left", external=False, retryable=False, stack=["polycalld[00]+0x10"]))
        chain.step("OUTCOME", "DISK_FULL")
        log.line(late + 6 * SECOND + 4000, "command.end", "http", chain=chain, trace=trace, parent=PARENT, level="error",
                 steps=chain.labels[:], **chain.routed)

    def worker(log, at):
        chain = execution(log, 0x70, "consume")
        log.line(at + 10 * SECOND, "message.receive", "amqp", chain=chain, steps=chain.labels[:],
                 links=[{"trace_id": trace, "span_id": PUBLISH, "relation": "message"}], **chain.routed)

    write(directory, "polycall", 0x10, command)
    write(directory, "polycalld", 0x20, service)
    write(directory, "worker", 0x30, worker)


if __name__ == "__main__":
    main()
