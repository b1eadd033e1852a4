"""Build a program of this collection with instrumentation, run it, and say who called whom."""
import collections
import dataclasses
import os
import re
import struct
import subprocess

from expected import Function

SECONDS = 5
# Of DWARF 5, addr2line 2.40 takes a header's lines for those of the unit.
CFLAGS = ["-gdwarf-4", "-O0", "-D_GNU_SOURCE", "-std=gnu11", "-Wall", "-Wextra"]
# What glibc links into each program that uses it.
STATIC_OF_LIBC = {"atexit", "at_quick_exit", "pthread_atfork"}
# As in runtime.c.
HEADER = struct.Struct("=QQ")
MODULE = struct.Struct("=QQQ232s")
PAIR = struct.Struct("=QQQQ")
MAX_MODULES, MAX_PAIRS = 16, 4096


class Failure(Exception):
    """The program does not build, or does not run as it should."""


@dataclasses.dataclass(frozen=True)
class Place:
    function: str
    file: str
    line: int


@dataclasses.dataclass(frozen=True)
class Edge:
    site: Place  # None: called by a library that nothing in the program called
    callee: Function
    is_foreign: bool  # called by a library; then `site` is what called the library


def call(directory, arguments, timeout=120, **more):
    try:
        done = subprocess.run(arguments, cwd=directory, capture_output=True, text=True, errors="replace",
                              timeout=timeout, **more)
    except subprocess.TimeoutExpired:
        raise Failure(f"'{' '.join(arguments)}' did not end within {timeout} s") from None
    except OSError as error:
        raise Failure(f"cannot run '{arguments[0]}': {error.strerror}") from None
    if done.returncode:
        raise Failure(f"exit status {done.returncode} of '{' '.join(arguments)}': "
                      f"{(done.stderr or done.stdout).strip()[-1500:]}")
    return done


def build(directory, units, runtime):
    """Compile and link all units, {file name: Build}; the program is `program`."""
    groups = collections.defaultdict(list)
    for name, unit in sorted(units.items()):
        groups[unit.kind, unit.target].append(name)
    libraries = []
    for kind in "foreign", "library", "plugin", "program":
        for (_, target), names in sorted(g for g in groups.items() if g[0][0] == kind):
            flags = [flag for name in names for flag in units[name].flags]
            command = ["gcc", *CFLAGS, *([] if kind == "foreign" else ["-finstrument-functions"]), *names]
            if kind == "program":
                # Objects that are opened find the hooks here, not the empty ones of libc.
                command += [runtime, *libraries, "-Wl,-rpath,$ORIGIN",
                            "-Wl,--export-dynamic-symbol=__cyg_profile_func_*"]
            else:
                command += ["-shared", "-fPIC"]
            warnings = call(directory, [*command, "-o", target or "program", *flags]).stderr.strip()
            if warnings:
                raise Failure(warnings)
            if kind in ("foreign", "library"):
                libraries.append("./" + target)


def functions(directory, units):
    """Names of all that is defined in what was instrumented."""
    objects = {unit.target or "program" for unit in units.values() if unit.kind != "foreign"}
    symbols = call(directory, ["nm", "--defined-only", *sorted(objects)]).stdout
    return set(re.findall(r"^[0-9a-f]+ [TtWi] (\S+)$", symbols, re.M)) - STATIC_OF_LIBC


def run(directory):
    """Run it; returns [(module path, bias, …)] and [(site, callee, frame)]."""
    recording = os.path.join(directory, "recording")
    if os.path.exists(recording):
        os.remove(recording)
    call(directory, ["./program"], timeout=SECONDS, stdin=subprocess.DEVNULL,
         env={"CALLS_OUT": recording, "PATH": os.environ["PATH"], "LC_ALL": "C"})
    with open(recording, "rb") as stream:
        data = stream.read()
    nmodules, dropped = HEADER.unpack_from(data)
    if dropped:
        raise Failure(f"{dropped} calls did not fit into the recording")
    modules = [MODULE.unpack_from(data, HEADER.size + i * MODULE.size) for i in range(nmodules)]
    first = HEADER.size + MAX_MODULES * MODULE.size
    pairs = [PAIR.unpack_from(data, first + i * PAIR.size) for i in range(MAX_PAIRS)]
    return modules, [pair[1:] for pair in pairs if pair[0] == 2]


def resolve(directory, modules, addresses):
    """{address: Place} of those in the program's modules; one addr2line for each module."""
    places = {}
    for start, end, bias, path in modules:
        path = path.rstrip(b"\0").decode() or "program"
        wanted = sorted(a for a in addresses if start <= a < end)
        text = call(directory, ["addr2line", "-f", "-e", path], input="".join(f"{a - bias:#x}\n" for a in wanted)).stdout
        lines = text.splitlines()
        for i, address in enumerate(wanted):
            file, _, line = re.sub(r" \(discriminator.*", "", lines[2 * i + 1]).rpartition(":")
            places[address] = Place(lines[2 * i], os.path.basename(file), int(line) if line.isdigit() else 0)
    return places


def edges(directory):
    modules, pairs = run(directory)
    # A return address is that of the instruction after the call.
    addresses = {a for site, callee, frame in pairs for a in (site - 1, callee, frame - 1)}
    places = resolve(directory, modules, addresses)
    result = set()
    for site, callee, frame in pairs:
        entered = places[callee]
        caller = places.get(site - 1) or places.get(frame - 1)
        if caller and caller.file in ("", "??"):
            caller = None  # what the C library puts into each program: _start
        result.add(Edge(caller, Function(entered.function, entered.file), site - 1 not in places))
    return result
