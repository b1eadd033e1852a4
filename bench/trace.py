"""What recording costs: CPU time a call beside the same program without it, and beside uftrace record.

All variants of a program run in turns in the same run; figures are medians of CPU time (user + system, of the
tracer's own processes, too). uftrace writes some 32 bytes a call, so it runs on fewer calls, beside runs of the
plain program on as many. Lua and SQLite: scripts/corpora corpora lua sqlite.
"""
import argparse
import contextlib
import glob
import mmap
import os
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass

from lib.cost import run
from lib.program import ROOT, find_corpora
from lib.table import Table

sys.path.insert(0, f"{ROOT}/tests/tracer")
import recording  # noqa: E402

HERE = f"{ROOT}/bench/trace"
# variant: build, is it recorded
TIMED = "with times"
VARIANTS = {"plain": ("plain", False), "off": ("edges", False), "edges": ("edges", True), "edges, times": ("edges", TIMED),
            "indirect": ("indirect", True), "portable": ("portable", True), "portable, off": ("portable", False)}
# Added CPU time as a share of what uftrace adds; and as ratios to the plain build.
PEER, REAL, THUNKS, OFF, SHORT = 0.05, 1.30, 1.08, 1.03, 1.10


def flags_of(build, compiler):
    """What pkg-config says for the mode; of a build that is none of ours, its own."""
    if build in ("plain", "uftrace"):
        return ["-pg"] if build == "uftrace" else []
    suffix = "_clang" if "clang" in os.path.basename(compiler) else ""
    with open(f"{ROOT}/build/pcarch-trace.pc", encoding="utf-8") as package:
        return re.search(rf"^cflags_{build}{suffix}=(.*)$", package.read(), re.M).group(1).split()


@dataclass
class Workload:
    name: str
    sources: list
    flags: list
    arguments: list  # of a long run
    few: list  # of a run that uftrace can write down; None: not run
    is_real: bool = False


def workloads(corpora):
    found = [
        Workload("fib", [f"{HERE}/fib.c"], ["-O1"], ["36"], ["31"]),
        Workload("tiny", [f"{HERE}/tiny.c"], ["-O2"], ["200000000"], ["4000000"]),
        Workload("threads", [f"{HERE}/threads.c"], ["-O2"], ["100000000"], ["2000000"]),
        Workload("short threads", [f"{HERE}/short.c"], ["-O2"], ["20000"], None),
    ]
    lua, sqlite = f"{corpora}/lua/src", f"{corpora}/sqlite"
    if os.path.exists(f"{lua}/lvm.c"):
        # Its hashes depend on the time and on addresses, unless they are told not to.
        sources = [s for s in sorted(glob.glob(f"{lua}/*.c")) if not s.endswith("/luac.c")]
        found.append(Workload("lua", sources, ["-O2", "-DLUA_USE_POSIX", "-DLUA_COMPAT_5_3", "-Dluai_makeseed(L)=1"],
                              [f"{HERE}/script.lua", "25"], None, True))
    if os.path.exists(f"{sqlite}/sqlite3.c"):
        found.append(Workload("sqlite", [f"{sqlite}/sqlite3.c", f"{sqlite}/test/speedtest1.c"],
                              ["-O2", f"-I{sqlite}", "-DSQLITE_OMIT_LOAD_EXTENSION"],
                              ["--size", "40", ":memory:"], None, True))
    for name in ("lua", "sqlite"):
        if name not in {w.name for w in found}:
            print(f"bench: {name} is left out: scripts/corpora corpora {name}", file=sys.stderr)
    return found


def compile_one(workload, build, arguments):
    """The program; made once, unless its flags change."""
    directory = f"{ROOT}/build/bench-trace"
    os.makedirs(directory, exist_ok=True)
    program = f"{directory}/{workload.name.replace(' ', '-')}-{build}"
    runtime = f"{ROOT}/build"
    libraries = ["-lm", "-pthread"]
    if build not in ("plain", "uftrace"):
        libraries = [f"-L{runtime}", "-Wl,-u,pcarch_stub", "-lpcarch-stub", "-lpcarch-trace", f"-Wl,-rpath,{runtime}",
                     *libraries]
    argv = [arguments.cc, "-g", "-w", *workload.flags, *flags_of(build, arguments.cc), *workload.sources, "-o", program, *libraries]
    stamp = f"{program}.command"
    if os.path.exists(stamp) and os.path.exists(program):
        newest = max(map(os.path.getmtime, [*workload.sources, f"{runtime}/libpcarch-stub.a"]))
        with open(stamp, encoding="utf-8") as stream:
            if stream.read() == repr(argv) and os.path.getmtime(program) > newest:
                return program
    subprocess.run(argv, check=True)
    with open(stamp, "w", encoding="utf-8") as stream:
        stream.write(repr(argv))
    return program


@contextlib.contextmanager
def ticks(directory):
    """Count in the page that 'pcarch trace --times' makes, every millisecond."""
    with open(f"{directory}/ticks", "w+b") as stream:
        stream.write(struct.pack("<16I", 1, *[0] * 15))
        stream.flush()
        page, told = mmap.mmap(stream.fileno(), 64), threading.Event()

        def count():
            start = time.monotonic()
            while not told.wait(0.001):
                page[:4] = struct.pack("<I", int((time.monotonic() - start) * 1000) + 1)

        thread = threading.Thread(target=count)
        thread.start()
        try:
            yield
        finally:
            told.set()
            thread.join()
            page.close()


def measure(argv, directory, is_recorded):
    """CPU seconds of one run."""
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PCARCH_TRACE")}
    if is_recorded:
        environment.update(PCARCH_TRACE="edges", PCARCH_TRACE_DIR=directory)
    with ticks(directory) if is_recorded is TIMED else contextlib.nullcontext():
        cost, status, err = run(argv, env=environment)
    if status not in (0, 1) or "pcarch:" in err:
        sys.exit(f"bench: error: exit {status} from: {' '.join(argv)}\n{err}")
    return cost.cpu_s


def recorded_calls(directory):
    return sum(recording.all_edges(sorted(glob.glob(f"{directory}/*.pcrec"))).values())


def run_variants(workload, arguments, directory):
    """Median CPU seconds of each variant, and the number of calls."""
    variants = {n: v for n, v in VARIANTS.items() if workload.is_real or n not in ("indirect", "portable, off")}
    programs = {b: compile_one(workload, b, arguments) for b, _ in variants.values()}
    times, calls = {name: [] for name in variants}, 0
    for _ in range(arguments.rounds):
        for name, (build, is_recorded) in variants.items():
            times[name].append(measure([programs[build], *workload.arguments], directory, is_recorded))
            if name == "edges":
                calls = calls or recorded_calls(directory)
    return {name: statistics.median(values) for name, values in times.items()}, calls


def run_peer(workload, arguments, directory):
    """Nanoseconds that uftrace record adds to a call."""
    plain = compile_one(workload, "plain", arguments)
    traced = compile_one(workload, "uftrace", arguments)
    counted = compile_one(workload, "edges", arguments)
    argv = ["uftrace", "record", "--no-libcall", "--no-pager", "-d", f"{directory}/data", traced, *workload.few]
    added = []
    measure([counted, *workload.few], directory, True)
    calls = recorded_calls(directory)
    for _ in range(arguments.rounds):
        before = measure([plain, *workload.few], directory, False)
        added.append(measure(argv, directory, False) - before)
    return statistics.median(added) * 1e9 / calls


def callgrind_calls(program, workload, few, directory):
    """How often each function of the program is called, by callgrind."""
    out = f"{directory}/callgrind.out"
    subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program, *few], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    names, counts, callee, obj, callee_obj, objects = {}, Counter(), "", "", "", {}

    def resolve(table, text):
        match = re.match(r"(\(\d+\))(?: (.*))?", text)
        if match[2]:
            table[match[1]] = match[2]
        return table[match[1]]

    with open(out, encoding="utf-8") as stream:
        for line in stream:
            key, _, value = line.rstrip("\n").partition("=")
            if key == "fn":
                resolve(names, value)
                callee_obj = obj
            elif key == "ob":
                obj = callee_obj = resolve(objects, value)
            elif key == "cob":
                callee_obj = resolve(objects, value)
            elif key == "cfn":
                callee = resolve(names, value)
            elif key == "calls":
                if callee_obj == program and ".cold" not in callee:
                    counts[re.sub(r"('\d+|\.(part|isra|constprop|lto_priv).*)", "", callee)] += int(value.split()[0])
                callee_obj = obj
    return counts


def compare_callgrind(workload, few, arguments, directory, table):
    """Function by function, the calls that are recorded are those that happen."""
    program = compile_one(workload, "edges", arguments)
    measure([program, *few], directory, True)
    ours = Counter()
    for (_, callee), count in recording.all_edges(glob.glob(f"{directory}/*.pcrec")).items():
        ours[callee] += count
    theirs = callgrind_calls(program, workload, few, directory)
    # What is not compiled here has no entry: _start, the runtime's stub.
    different = {f: (ours[f], theirs[f]) for f in ours if ours[f] != theirs[f]}
    for function, counts in sorted(different.items())[:20]:
        print(f"bench: {workload.name}: {function} recorded {counts[0]}, callgrind {counts[1]}", file=sys.stderr)
    table.add(workload.name, f"of {len(ours)} functions, calls other than callgrind's", len(different), "0",
              not different)


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench trace", description=__doc__.split("\n", 1)[0])
    parser.add_argument("programs", nargs="*", help="fib, tiny, threads, 'short threads', lua, sqlite (default: all)")
    parser.add_argument("--corpora", metavar="DIR", help="directory of the trees (default: $PCARCH_CORPORA, corpora/)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds, medians are taken (default 5)")
    parser.add_argument("--cc", default="gcc", metavar="NAME", help="compiler (default gcc)")
    parser.add_argument("--no-callgrind", action="store_true", help="leave out the comparison with callgrind")
    return parser.parse_args()


def report(workload, times, calls, peer, table):
    plain = times["plain"]
    for name, seconds in times.items():
        if name == "plain":
            table.add(workload.name, "plain, s", f"{plain:.2f}")
            continue
        ratio = seconds / plain
        limit = OFF if name == "off" else THUNKS if name == "indirect" else None
        if name == "edges" and workload.is_real:
            limit = REAL
        if name == "edges" and workload.name == "short threads":
            limit = SHORT
        if limit:
            table.add_most(workload.name, f"{name}, ratio to plain", ratio, limit)
        else:
            table.add(workload.name, f"{name}, ratio to plain", f"{ratio:.3f}")
        if workload.name != "short threads":
            table.add(workload.name, f"{name}, ns added a call", f"{(seconds - plain) * 1e9 / calls:.2f}")
    if peer:
        added = (times["edges"] - plain) * 1e9 / calls
        table.add(workload.name, "uftrace, ns added a call", f"{peer:.1f}")
        table.add_most(workload.name, "edges, share of uftrace's", max(added, 0) / peer, PEER)


def main():
    arguments = parse_arguments()
    table = Table()
    has_peer = shutil.which("uftrace")
    if not has_peer:
        print("bench: uftrace is left out: apt-get install uftrace", file=sys.stderr)
    wanted = [w for w in workloads(find_corpora(arguments.corpora) or "corpora") if not arguments.programs or w.name in arguments.programs]
    with tempfile.TemporaryDirectory(prefix="pcarch-bench.") as directory:
        for workload in wanted:
            times, calls = run_variants(workload, arguments, f"{directory}/out")
            peer = run_peer(workload, arguments, f"{directory}/out") if has_peer and workload.few else None
            report(workload, times, calls, peer, table)
            few = workload.few or {"lua": [f"{HERE}/script.lua", "1"], "sqlite": ["--size", "1", ":memory:"]}.get(workload.name)
            if few and shutil.which("valgrind") and not arguments.no_callgrind:
                compare_callgrind(workload, few, arguments, f"{directory}/out", table)
    table.show()
    return 0 if table.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
