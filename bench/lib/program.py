"""A real C program to measure on: its tree, its compile database, and commands made from it."""
import hashlib
import json
import os
import re
import shlex
import shutil
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATABASE = "compile_commands.json"


def find_corpora(named):
    """The directory that holds the trees, or None."""
    places = [named] if named else [os.environ.get("PCARCH_CORPORA"), f"{ROOT}/corpora", f"{ROOT}/../corpora"]
    return next((os.path.abspath(p) for p in places if p and os.path.isdir(p)), None)


def open_programs(corpora, names, is_asked):
    """The programs whose trees are there. One that was asked for and is not ends the run, with how to get it."""
    found = [Program(os.path.join(corpora, n)) for n in names if corpora and os.path.exists(f"{corpora}/{n}/{DATABASE}")]
    missing = [n for n in names if n not in {p.name for p in found}]
    if missing and (is_asked or not found):
        sys.exit(
            f"bench: error: no tree with a {DATABASE} for {', '.join(missing)} in '{corpora or 'corpora/'}'; "
            f"run: scripts/corpora corpora {' '.join(missing)}"
        )
    for name in missing:
        print(f"bench: {name} is left out: scripts/corpora corpora {name}", file=sys.stderr)
    return found


class Program:
    def __init__(self, tree):
        self.tree = os.path.realpath(tree)
        self.name = os.path.basename(self.tree)
        with open(f"{self.tree}/{DATABASE}", encoding="utf-8") as stream:
            self.rows = json.load(stream)

    def units(self):
        """(arguments without compiler, input and output; directory; source), without repetitions."""
        seen = {}
        for row in self.rows:
            arguments = row.get("arguments") or shlex.split(row["command"])
            source = os.path.normpath(os.path.join(row["directory"], row["file"]))
            kept = tuple(keep_arguments(arguments[1:], row["directory"], source))
            if source.endswith(".c"):
                seen[kept, row["directory"], source] = None
        return list(seen)

    def copy(self, target):
        """A copy of the tree, sources only, whose database points into it."""
        os.makedirs(target)
        tree = os.path.join(os.path.realpath(target), self.name)
        shutil.copytree(self.tree, tree, symlinks=True, ignore=ignore_built)
        text = json.dumps(self.rows)
        # Inside JSON strings, a path ends where its name ends.
        text = re.sub(re.escape(self.tree) + r"(?=[/\"\\: ])", lambda _: tree, text)
        with open(f"{tree}/{DATABASE}", "w", encoding="utf-8") as stream:
            stream.write(text)
        return Program(tree)

    def middle_source(self):
        """The unit of median size: what is edited where one file is edited."""
        sources = sorted({u[2] for u in self.units()}, key=lambda s: (os.path.getsize(s), s))
        return sources[len(sources) // 2]


def keep_arguments(arguments, directory, source):
    """Drop what names the input, the output and dependency files; everything else stays."""
    taking_value = {"-o", "-MF", "-MT", "-MQ"}
    kept, skip = [], False
    for argument in arguments:
        if skip or argument in taking_value:
            skip = not skip
        elif argument in ("-c", "-S", "-E") or argument.startswith(("-M", "-o", "-Wp,-M")):
            continue
        elif not argument.startswith("-") and os.path.normpath(os.path.join(directory, argument)) == source:
            continue
        else:
            kept.append(argument)
    return kept


def ignore_built(directory, names):
    return [n for n in names if n == ".git" or is_built(os.path.join(directory, n))]


def is_built(path):
    if os.path.islink(path) or not os.path.isfile(path):
        return False
    with open(path, "rb") as stream:
        return stream.read(8).startswith((b"\x7fELF", b"!<arch>"))


def digest(path):
    with open(path, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()
