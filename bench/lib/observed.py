"""What bench/observe/observe.c recorded, with its addresses as functions and lines."""
import collections
import json
import os
import shutil
import struct
import subprocess
import sys

# The layout of struct table in observe.c.
MODULES, PATH_BYTES, EDGES, OFFSET_BITS = 2048, 248, 1 << 18, 40
OFFSET_MASK = (1 << OFFSET_BITS) - 1

# GNU addr2line 2.40 takes the file of a DWARF 5 line number from the wrong place where a unit includes a .c file.
SYMBOLIZERS = ["llvm-symbolizer-19", "llvm-symbolizer", *(f"llvm-symbolizer-{n}" for n in range(22, 13, -1))]

# Where an address is: the function's name, and the file (absolute, or "") and line; "" and 0 where unknown.
Place = collections.namedtuple("Place", "function file line")
# A call that ran, in `module` (a file's name) and into `into`. `site` is None where it is not in the program's own
# code; `around` is the innermost function of the program that ran at the time, None: none did.
Observed = collections.namedtuple("Observed", "site callee around module into")


def read_table(path):
    """({index + 1: path}, [(site, callee, around)], lost) of a table; the addresses are packed."""
    with open(path, "rb") as stream:
        data = stream.read()
    size = 8 + MODULES * (8 + PATH_BYTES)
    if len(data) != size + EDGES * 32:
        sys.exit(f"bench: error: '{path}' is no table of edges: it has {len(data)} bytes; run with --again")
    modules = {}
    for i in range(MODULES):
        key, name = struct.unpack_from(f"Q{PATH_BYTES}s", data, 8 + i * (8 + PATH_BYTES))
        if key:
            modules[i + 1] = os.fsdecode(name.rstrip(b"\0"))
    words = struct.iter_unpack("4Q", data[size:])
    edges = [(site, callee, around) for key, site, callee, around in words if key and callee]
    return modules, edges, struct.unpack_from("Q", data)[0]


def find_symbolizer():
    found = next((p for p in map(shutil.which, SYMBOLIZERS) if p), None)
    return found or sys.exit("bench: error: no llvm-symbolizer: apt-get install llvm-19")


def resolve(module, offsets):
    """{offset: Place} of addresses in one file, in one go."""
    ordered = sorted(offsets)
    argv = [find_symbolizer(), f"--obj={module}", "--output-style=JSON", "--no-demangle"]
    text = "".join(f"{offset:#x}\n" for offset in ordered)
    done = subprocess.run(argv, input=text, capture_output=True, text=True, check=False)
    places = {}
    for offset, line in zip(ordered, done.stdout.splitlines()):
        frames = json.loads(line).get("Symbol")
        if frames and frames[0]["FileName"]:
            frame = frames[0]  # the innermost: what is marked always_inline is inlined at -O0, too
            places[offset] = Place(frame["FunctionName"], os.path.normpath(frame["FileName"]), frame["Line"])
    return places


class Resolver:
    """Packed addresses to Places, each module's in one go."""

    def __init__(self, modules, addresses, tree):
        wanted = collections.defaultdict(set)
        for address in addresses:
            wanted[address >> OFFSET_BITS].add(address & OFFSET_MASK)
        self.modules, self.tree = modules, tree
        # Others may have debug information, too: that of libc is no part of the program.
        self.places = {n: resolve(modules[n], wanted[n]) for n in wanted if self.is_ours(n)}

    def is_ours(self, number):
        return self.modules.get(number, "").startswith(f"{self.tree}/")

    def place(self, address):
        """Where it is in the program, or None."""
        place = self.places.get(address >> OFFSET_BITS, {}).get(address & OFFSET_MASK)
        if place and place.file.startswith(f"{self.tree}/"):
            return place._replace(file=os.path.relpath(place.file, self.tree))
        return place

    def module(self, address):
        return os.path.basename(self.modules.get(address >> OFFSET_BITS, "unknown"))


def read_observed(path, tree):
    """The set of Observed in a table; files of `tree` are relative to it, others absolute."""
    modules, edges, lost = read_table(path)
    if lost:
        print(f"bench: warning: {lost} edges had no room in '{path}'", file=sys.stderr)
    # The call ends where it returns to: the byte before is inside of it.
    addresses = {site - 1 for site, _, _ in edges if site} | {a for edge in edges for a in edge[1:] if a}
    resolver = Resolver(modules, addresses, tree)
    observed = set()
    for site, callee, around in edges:
        caller, to = resolver.place(site - 1) if site else None, resolver.place(callee)
        if to:
            observed.add(Observed(caller, to, resolver.place(around), resolver.module(site), resolver.module(callee)))
    return observed
