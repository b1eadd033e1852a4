"""What reading a log costs: verify, query, timeline and report, against the hash or the search that they cannot do without.

A sealed log of --mb megabytes is made by tests/telemetry, in Python. CPU times are the best of --rounds; the largest
resident set says that memory does not grow with the log.
"""
import argparse
import os
import shutil
import sys
import tempfile

from lib.cost import run
from lib.program import ROOT
from lib.table import Table

sys.path.insert(0, f"{ROOT}/tests/telemetry")
sys.dont_write_bytecode = True
import edited_log  # noqa: E402

LINES_A_CHECKPOINT = 256
MOST_KIB = 40 << 10  # whatever the size of the log; that of Python, which starts the program, is in it


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench log", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--mb", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def make(directory, size):
    log = edited_log.Writer(directory, edited_log.KEY, "polycall", edited_log.nonce(0x10))
    at = edited_log.MS * 10**6
    log.open(at, edited_log.nonce(0x20))
    number = 0
    while log.out.tell() < size:
        error = {}
        if number % 10 == 0:
            error = dict(level="error", error=dict(type="AUTH_FAILED", source="polycalld", layer="network", code=401,
                         message="the service refused the credentials", external=True, retryable=False))
        log.line(at + number * 100000, "external.call.end", "http", duration_ms=3.5, route="telemetry status",
                 command="polycall telemetry status", metadata={"source": "polycalld", "operation": "GET"}, **error)
        if log.lines == LINES_A_CHECKPOINT:
            log.checkpoint(at + number * 100000)
        number += 1
    log.checkpoint(at + number * 100000, last=True)
    log.out.close()
    return log.out.name


def best(argv, rounds, expected):
    costs = []
    for _ in range(rounds):
        cost, status, err = run(argv)
        if status != expected:
            sys.exit(f"bench: error: exit {status} of {' '.join(argv)}: {err}")
        costs.append(cost)
    return min(cost.cpu_s for cost in costs), max(cost.peak_kib for cost in costs)


def main():
    arguments = parse_arguments()
    directory = tempfile.mkdtemp(prefix="pcarch-bench-")
    try:
        log, key, pcarch = make(directory, arguments.mb << 20), f"{directory}/key", f"{ROOT}/build/pcarch"
        with open(os.open(key, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="ascii") as out:
            out.write(edited_log.KEY.hex())
        hashed, _ = best(["b2sum", log], arguments.rounds, 0)
        searched, _ = best(["grep", "-c", "-F", "ffffffffffffffff", log], arguments.rounds, 1)
        table = Table()
        for name, peer, limit, expected, argv in (
            ("verify", hashed, 8, 0, ["log", "verify", "--key", key]),
            ("query --guid", searched, 8, 0, ["log", "query", "--guid", "ffffffffffffffff"]),
            ("grep", searched, 4, 1, ["log", "grep", "ffffffffffffffff"]),
            ("query --level", hashed, 5, 0, ["log", "query", "--level", "fatal"]),
            ("report", hashed, 5, 0, ["report", "--errors"]),
        ):
            cpu_s, kib = best([pcarch, *argv, log], arguments.rounds, expected)
            ratio = cpu_s / max(peer, 0.01)
            table.add(name, "MB a second", f"{os.path.getsize(log) / cpu_s / 1e6:.0f}")
            table.add_most(name, "CPU, of its peer's", cpu_s / max(peer, 0.01), limit, "{:.1f}")
            table.add_most(name, "KiB of memory", kib, MOST_KIB, "{}")
        table.show()
    finally:
        shutil.rmtree(directory)
    return 0 if table.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
