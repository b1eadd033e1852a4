"""Calls that ran: a program is built anew with an observing compiler, and its own tests or a script drive it.

All of it is kept in a work directory, so that the next run reads a list: NAME/tree (the copy), NAME/edges (what
observe.c writes), NAME/observed.json (with lines instead of addresses), and a log of each step.
"""
import json
import os
import shutil
import subprocess
import sys

from lib.observed import Observed, Place, read_observed
from lib.program import ROOT

HERE = f"{ROOT}/bench/observe"
# As scripts/corpora builds them.
BUILDS = {
    # Its clean removes the parser, too, and another bison makes another one than was scanned.
    "tmux": "find . -name '*.o' -delete && rm -f tmux && make -j{jobs}",
    "redis": "make distclean && make -j{jobs} MALLOC=libc BUILD_TLS=no USE_SYSTEMD=no && "
    "make -j{jobs} -C tests/modules",
    "git": "make clean && make -j{jobs} NO_GETTEXT=1 NO_TCLTK=1 NO_PERL=1 NO_PYTHON=1 NO_INSTALL_HARDLINKS=1",
    "curl": "make clean && make -j{jobs} && make -j{jobs} -C tests/server && make -j{jobs} -C tests/libtest",
}
DRIVERS = {"tmux": [sys.executable, "tmux"], "redis": ["bash", "redis.sh"], "git": ["bash", "git.sh"],
           "curl": ["bash", "curl.sh"]}
LIBRARY_FLAGS = ["-std=gnu11", "-D_GNU_SOURCE", "-O2", "-g", "-fPIC", "-shared"]


class Session:
    def __init__(self, program, work, jobs):
        self.program, self.jobs = program, jobs
        self.directory = os.path.join(os.path.realpath(work), program.name)
        self.tree, self.library = f"{self.directory}/tree", f"{self.directory}/libobserve.so"
        self.table, self.list = f"{self.directory}/edges", f"{self.directory}/observed.json"

    def observed(self, again, tests):
        """The set of Observed; from the work directory, unless it is not there or to be made `again`."""
        if again or tests or not os.path.exists(self.list):
            self.build()
            self.drive(tests)
            self.write_list()
        with open(self.list, encoding="utf-8") as stream:
            return {Observed(*(part and Place(*part) for part in row[:3]), *row[3:]) for row in json.load(stream)}

    def step(self, name, argv, **options):
        print(f"bench: {self.program.name}: {name}, log in {self.directory}/{name}.log", file=sys.stderr)
        with open(f"{self.directory}/{name}.log", "wb") as log:
            done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False, **options)
        if done.returncode != 0:
            sys.exit(f"bench: error: exit {done.returncode} from '{' '.join(argv)}'; see {self.directory}/{name}.log")

    def build(self):
        if os.path.exists(f"{self.directory}/built"):
            return
        shutil.rmtree(self.directory, ignore_errors=True)
        os.makedirs(f"{self.directory}/bin")
        shutil.copytree(self.program.tree, self.tree, symlinks=True)
        for name in ("cc", "gcc"):
            shutil.copy(f"{HERE}/cc", f"{self.directory}/bin/{name}")
        define = f'-DOBSERVE_FILE="{self.table}"'
        self.step("library", ["gcc", *LIBRARY_FLAGS, define, f"{HERE}/observe.c", "-o", self.library])
        path = os.environ["PATH"]
        environment = {**os.environ, "PATH": f"{self.directory}/bin:{path}"}
        environment |= {"OBSERVE": self.library, "OBSERVE_PATH": path}
        command = BUILDS[self.program.name].format(jobs=self.jobs)
        self.step("build", ["nice", "sh", "-c", command], cwd=self.tree, env=environment)
        with open(f"{self.directory}/built", "w", encoding="utf-8"):
            pass

    def drive(self, tests):
        if os.path.exists(self.table):
            os.unlink(self.table)
        command, script = DRIVERS[self.program.name]
        environment = {**os.environ, "JOBS": str(self.jobs), **({"TESTS": tests} if tests else {})}
        self.step("drive", ["nice", command, f"{HERE}/{script}"], cwd=self.tree, env=environment)

    def write_list(self):
        rows = sorted(read_observed(self.table, self.tree), key=lambda edge: json.dumps(edge))
        with open(f"{self.list}.new", "w", encoding="utf-8") as stream:
            json.dump(rows, stream, indent=0)
        os.replace(f"{self.list}.new", self.list)
