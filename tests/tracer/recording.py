"""What is in recordings (core/record.h), in names: for the tests of the runtime and its benchmark.

    python3 recording.py edges FILE...     CALLER CALLEE COUNT, a line for each pair of functions, of all files
    python3 recording.py header FILE...    NAME VALUE, a line for each field and drop that is not 0
    python3 recording.py objects FILE      PATH FLAGS, a line for each
    python3 recording.py spans FILE...     TRACE SPAN PARENT FUNCTION ENDED, a line for each
    python3 recording.py times FILE...     CALLER CALLEE TICKS, a line for each pair of functions, of all files

A name is that of the innermost inlined frame, clones as their function; where libc calls, '@' and what it does:
@thread, @signal, @atexit, @constructor, @destructor; elsewhere outside, '?' and the name of the file.
"""
import os
import re
import struct
import subprocess
import sys
from collections import Counter, namedtuple

MAGIC, VERSION = 0x0050434152454352, 4
DROPS = ("edge_overflow object_overflow unpatched filtered child span_limit depth_limit trace_evicted trace_limit "
         "sampled root_limit tick_overflow").split()
NDROPS = 24
READY, EXITED, FORKED, PATCHABLE, PORTABLE, INDIRECT = 1, 2, 4, 16, 32, 64
SIGNAL, BODY, INDIRECT_EDGE, JUMP = 1, 2, 4, 8
RETIRED_SITE = 1 << 63
NO_OBJECT = 4095
NSPANS = 50

Object = namedtuple("Object", "path build_id base start end text text_end entries nentries main init_site fini_site "
                              "flags opened closed")
Edge = namedtuple("Edge", "site callee count site_object callee_object flags first_ms")
Span = namedtuple("Span", "callee site info start last end parent flags")
Trace = namedtuple("Trace", "number state thread nspans ndropped parent_trace parent_span spans")


class Recording:
    def __init__(self, path):
        with open(path, "rb") as stream:
            self.bytes = stream.read()
        words = struct.unpack_from("<25Q", self.bytes)
        assert words[0] == MAGIC and words[1] == VERSION, f"{path} is no recording"
        names = ("magic version header_size file_size id0 id1 parent0 parent1 pid ppid process_ticks generation "
                 "start_wall_ns start_ns end_ns mode state program_offset program_size thread_site exit_site "
                 "finalize_site").split()
        self.header = dict(zip(names, words))
        at = len(names) * 8
        drops = struct.unpack_from(f"<{NDROPS}Q", self.bytes, at)
        self.drops = {name: drops[i] for i, name in enumerate(DROPS)}
        at += NDROPS * 8
        sections = {}
        for name in ("objects", "strings", "tables", "traces", "heap"):
            sections[name] = struct.unpack_from("<3Q", self.bytes, at)
            at += 24
        self.header["has_words"], nwords = struct.unpack_from("<2Q", self.bytes, at)
        words = struct.unpack_from("<32Q", self.bytes, at + 16)
        self.header["fork_trace"], self.header["fork_span"] = struct.unpack_from("<2Q", self.bytes, at + 16 + 256)
        at += 16 + 256 + 16
        sections["times"] = struct.unpack_from("<3Q", self.bytes, at)
        self.header["tick_ns"] = struct.unpack_from("<Q", self.bytes, at + 24)[0]
        self.header["traces_started"] = struct.unpack_from("<Q", self.bytes, at + 32)[0]
        assert at + 40 == self.header["header_size"]
        self.sections = sections
        self.program = self.string(self.header["program_offset"], self.header["program_size"])
        self.words = [self.string(*words[2 * i:2 * i + 2]) for i in range(nwords)]
        self.objects = [self.object(i) for i in range(min(sections["objects"][2], sections["objects"][1]))]
        self.edges = list(self.read_edges())
        self.traces = list(self.read_traces())
        self.times = list(self.read_times())

    def string(self, offset, size):
        return self.bytes[offset:offset + size].decode()

    def object(self, index):
        form = "<3Q32s13Q"
        w = struct.unpack_from(form, self.bytes, self.sections["objects"][0] + index * struct.calcsize(form))
        return Object(self.string(w[0], w[1]), w[3][:w[2]], *w[4:])

    def read_edges(self):
        offset, _, count = self.sections["tables"]
        for i in range(count):
            place = struct.unpack_from("<Q", self.bytes, offset + i * 32)[0]
            if not place:
                continue
            start, nedges = place & ~63, (1 << (place & 63)) + 32
            for site, callee, times, info in struct.iter_unpack("<4Q", self.bytes[start:start + nedges * 32]):
                if site and callee:
                    yield Edge(site & ~RETIRED_SITE, callee, times, info & 4095, info >> 12 & 4095, info >> 24 & 255,
                               info >> 32)

    def read_times(self):
        offset, room, _ = self.sections["times"]
        for site, callee, ticks, info in struct.iter_unpack("<4Q", self.bytes[offset:offset + room * 32]):
            if site and callee:
                yield Edge(site, callee, ticks, info & 4095, info >> 12 & 4095, info >> 24 & 255, info >> 32)

    def read_traces(self):
        offset, room, _ = self.sections["traces"]
        size = 15 * 8 + NSPANS * 64
        for i in range(room):
            w = struct.unpack_from("<8Q", self.bytes, offset + i * size)
            if not w[0]:
                continue
            at = offset + i * size + 120
            spans = [Span(*struct.unpack_from("<8Q", self.bytes, at + j * 64)) for j in range(w[3])]
            yield Trace(*w[:7], spans)


class Names:
    """Names of addresses, asked for at once of one addr2line for each file."""

    def __init__(self):
        self.cache = {}

    def ask(self, path, addresses):
        new = [a for a in addresses if (path, a) not in self.cache]
        if not new:
            return
        text = subprocess.run(["addr2line", "-f", "-i", "-a", "-e", path, *map(hex, new)], capture_output=True,
                              text=True, check=True).stdout
        frames, address = {}, None
        for line in text.split("\n"):
            if re.fullmatch(r"0x[0-9a-f]{16}", line):
                address = int(line, 16)
                frames[address] = []
            elif address is not None and line:
                frames[address].append(line)
        for a in new:
            # Function and position by turns.
            self.cache[path, a] = [re.sub(r"\.(part|isra|constprop|cold|lto_priv|llvm).*", "", name)
                                   for name in frames.get(a, ["??"])[::2]]

    def get(self, path, address):
        return self.cache[path, address]


def root_name(recording, edge):
    """What called, when it was libc or the kernel."""
    callee = recording.objects[edge.callee_object] if edge.callee_object != NO_OBJECT else None
    if edge.flags & SIGNAL:
        return "@signal"
    if edge.site == recording.header["thread_site"]:
        return "@thread"
    if edge.site in (recording.header["exit_site"], recording.header["finalize_site"]):
        return "@atexit"
    if callee and edge.site == callee.init_site:
        return "@constructor"
    if callee and edge.site == callee.fini_site:
        return "@destructor"
    return None


def named_edges(recording, names, with_jumps=False):
    """(caller, callee, count) of each edge; a caller that is not instrumented is '?FILE'."""
    wanted = {}
    ours = {i for i, o in enumerate(recording.objects) if o.flags & 1}
    for edge in recording.edges:
        for index, address in ((edge.callee_object, edge.callee), (edge.site_object, edge.site)):
            if index in ours:
                o = recording.objects[index]
                back = 1 if address == edge.site or edge.flags & BODY else 0
                wanted.setdefault(o.path, set()).add(address - o.base - back)
    for path, addresses in wanted.items():
        names.ask(path, sorted(addresses))
    for edge in recording.edges:
        if edge.flags & JUMP and not with_jumps:
            continue
        callee = "?"
        if edge.callee_object in ours:
            o = recording.objects[edge.callee_object]
            frames = names.get(o.path, edge.callee - o.base - (1 if edge.flags & BODY else 0))
            if edge.flags & BODY and len(frames) > 1:
                yield frames[1], frames[0], edge.count
                continue
            # What was inlined at the very start of the function is not what was called.
            callee = frames[-1]
        elif edge.callee_object != NO_OBJECT:
            callee = "?" + os.path.basename(recording.objects[edge.callee_object].path)
        caller = root_name(recording, edge)
        if not caller and edge.site_object in ours:
            o = recording.objects[edge.site_object]
            caller = names.get(o.path, edge.site - o.base - 1)[0]
        elif not caller and edge.site_object != NO_OBJECT:
            caller = "?" + os.path.basename(recording.objects[edge.site_object].path)
        yield caller or "?", callee, edge.count


def all_edges(paths, of_times=False):
    names, counts = Names(), Counter()
    for path in paths:
        recording = Recording(path)
        if of_times:
            recording.edges = recording.times
        for caller, callee, count in named_edges(recording, names):
            counts[caller, callee] += count
    return counts


def print_header(path):
    recording = Recording(path)
    print("program", os.path.basename(recording.program))
    for name, value in [*recording.header.items(), *(("drop_" + n, v) for n, v in recording.drops.items())]:
        if value and not name.startswith(("program_", "magic", "version")):
            print(name, value)
    for word in recording.words:
        print("word", word)


def print_spans(path, names):
    recording = Recording(path)
    for trace in sorted(recording.traces):
        for i, span in enumerate(trace.spans):
            o = recording.objects[span.info >> 12 & 4095]
            names.ask(o.path, [span.callee - o.base])
            parent = span.parent if span.parent != 255 else "-"
            print(trace.number, i, parent, names.get(o.path, span.callee - o.base)[0], int(span.end > 0))


def main():
    what, paths = sys.argv[1], sys.argv[2:]
    if what in ("edges", "times"):
        for (caller, callee), count in sorted(all_edges(paths, what == "times").items()):
            print(caller, callee, count)
    elif what == "header":
        for path in paths:
            print_header(path)
    elif what == "objects":
        for path in paths:
            for o in Recording(path).objects:
                print(os.path.basename(o.path), o.flags)
    elif what == "spans":
        names = Names()
        for path in paths:
            print_spans(path, names)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
