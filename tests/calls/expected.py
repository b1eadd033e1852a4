"""What the comments of a program of this collection say about its call sites.

A call site is the line that holds one of

    /* -> f, g; closed */          all that is called here, libraries' functions included
    /* -> qsort, by_name; closed */      by_name is called by qsort, which is called here
    /* -> none; closed */          never anything
    /* -> f; open */               the graph has f, and says that there may be more
    /* -> f; open: dlsym */        and a reason that contains "dlsym"
    /* -> f; sound */              closed only if f is there: a graph may give this site up
    /* -> f; found */              f is there; whether there may be more is left open

A target is NAME or FILE.c:NAME, and may be followed by
    (not run)                      it is called with other input: the graph has it, the run does not reach it
    (may)                          it is never called: a graph need not know, and may have it
    (run only)                     the run reaches it, a graph need not have it
and a state by
    +extra                         the graph may have more targets
"""
import dataclasses
import os
import re

COMMENT = re.compile(r"/\* -> (.*?); (closed|open|sound|found)(?:: (.*?))?( \+extra)? \*/")
TARGET = re.compile(r"(?:([\w.]+\.[ch]):)?(\w+)(?: \((not run|may|run only)\))?$")
BEGINNING = 8  # lines of a source that may say how it is built


@dataclasses.dataclass(frozen=True)
class Function:
    name: str
    file: str  # without folders; "" where it is unknown or does not matter

    def is_called(self, other):
        return self.name == other.name and (not self.file or not other.file or self.file == other.file)

    def __str__(self):
        return f"{self.file}:{self.name}" if self.file else self.name


@dataclasses.dataclass(frozen=True)
class Site:
    file: str
    line: int
    targets: dict  # Function -> "", "not run", "may" or "run only"
    state: str
    reason: str
    may_have_more: bool


@dataclasses.dataclass(frozen=True)
class Build:
    flags: list
    target: str  # "" is the program; or the shared object that the source is linked into
    kind: str  # of it: "program", "library" (linked with the program), "plugin" (opened by it),
    # "foreign" (a library of which there is no source: not scanned, not instrumented)
    starts: frozenset  # names of its functions that the system calls by itself: constructors
    is_scanned: bool


def read_site(name, number, comment):
    targets = {}
    for text in comment[1].split(", "):
        if text == "none":
            continue
        target = TARGET.match(text)
        if not target:
            raise SystemExit(f"{name}:{number}: '{text}' is no target: NAME, FILE.c:NAME, "
                             "then perhaps (not run), (may) or (run only)")
        targets[Function(target[2], target[1] or "")] = target[3] or ""
    return Site(name, number, targets, comment[2], comment[3] or "", bool(comment[4]))


def read_sites(path):
    """The annotated lines of one source, {line: Site}."""
    name = os.path.basename(path)
    sites = {}
    with open(path, encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            comment = COMMENT.search(line)
            if comment:
                sites[number] = read_site(name, number, comment)
            elif "/* ->" in line:
                raise SystemExit(f"{path}:{number}: not a comment that is understood: end it with "
                                 "'; closed */', '; open */', '; sound */' or '; found */'")
    return sites


def read_build(path):
    """How a source is built, by its first lines: see the fields of Build.

        /* build: FLAGS */  /* library: NAME.so */  /* plugin: NAME.so */  /* foreign: NAME.so */
        /* unscanned: program */  /* starts: NAME, NAME */
    """
    flags, kind, target, starts, is_scanned = [], "program", "", frozenset(), True
    with open(path, encoding="utf-8") as source:
        for line in [source.readline() for _ in range(BEGINNING)]:
            said = re.match(r"/\* (build|library|plugin|foreign|unscanned|starts): (.*) \*/$", line)
            if said and said[1] == "build":
                flags = said[2].split()
            elif said and said[1] == "starts":
                starts = frozenset(said[2].split(", "))
            elif said and said[1] == "unscanned":
                is_scanned = False
            elif said:
                kind, target = said[1], said[2]
    return Build(flags, target, kind, starts, is_scanned and kind != "foreign")
