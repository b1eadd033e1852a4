"""What commands cost: CPU time of whole process trees, and the largest resident set among them."""
import os
import statistics
import subprocess
from dataclasses import dataclass


@dataclass
class Cost:
    cpu_s: float  # user + system, of the command and of every descendant it waited for
    peak_kib: int  # resident, of the largest single process
    failed: int = 0  # commands with an exit status other than 0


def run_all(commands, jobs, log=subprocess.DEVNULL):
    """Run (argv, cwd) pairs, `jobs` at a time; the Cost of all of them and their exit statuses.

    The starter's own CPU time is not in it: only wait4() of each process counts.
    """
    total, statuses, running, waiting = Cost(0.0, 0), {}, {}, list(enumerate(commands))[::-1]
    while waiting or running:
        while waiting and len(running) < jobs:
            index, (argv, cwd) = waiting.pop()
            process = subprocess.Popen(argv, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
            running[process.pid] = index, process
        pid, status, usage = os.wait4(-1, 0)
        index, process = running.pop(pid)
        process.returncode = statuses[index] = os.waitstatus_to_exitcode(status)
        total.cpu_s += usage.ru_utime + usage.ru_stime
        total.peak_kib = max(total.peak_kib, usage.ru_maxrss)
        total.failed += statuses[index] != 0
    return total, [statuses[i] for i in range(len(commands))]


def run(argv, cwd=None, env=None):
    """Run one command; its Cost, exit status and stderr."""
    process = subprocess.Popen(
        argv, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    err = process.stderr.read().decode(errors="replace")
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    cost = Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, int(process.returncode != 0))
    return cost, process.returncode, err


def median(costs):
    return statistics.median(cost.cpu_s for cost in costs)
