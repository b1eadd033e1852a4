"""Small programs that dispatch commands: how one is built, and what it runs when it is given a command."""
import dataclasses
import os
import re
import shlex
import shutil
import subprocess

from truth import DEFAULT, Failure, read_truth

SECONDS = 5
CFLAGS = ["-O0", "-D_GNU_SOURCE", "-std=gnu11", "-Wall", "-Wextra", "-Wno-unused-parameter",
          "-Wno-missing-field-initializers", "-Wno-missing-braces"]
DIRECTIVE = re.compile(r"^/\* (program|build|plugin|unit): (.*?) \*/", re.M)


@dataclasses.dataclass
class Source:
    name: str
    programs: list  # names of those it is part of; []: all of them
    flags: list
    plugin: str  # the object that it is, which the program opens; or ""
    is_unit: bool  # compiled by itself, not included elsewhere


@dataclasses.dataclass
class Program:
    name: str
    directory: str  # a scratch copy of its sources
    truth: object
    sources: list

    def units(self):
        return [s for s in self.sources if s.is_unit]

    def names(self):
        return sorted({name for s in self.sources for name in s.programs}) or [self.name]

    def reason_not_to_run(self):
        return self.truth.header("not run")


def prepare(name, programs, scratch):
    source, directory = os.path.join(programs, name), os.path.join(scratch, name)
    shutil.rmtree(directory, ignore_errors=True)
    if os.path.isdir(source):
        shutil.copytree(source, directory)
    else:
        os.mkdir(directory)
        shutil.copy(source + ".c", directory)
    truth = read_truth(source + ".tsv")
    sources = [read_source(directory, file) for file in sorted(os.listdir(directory)) if file.endswith(".c")]
    return Program(name, directory, truth, sources)


def read_source(directory, file):
    with open(os.path.join(directory, file), encoding="utf-8") as stream:
        found = dict(DIRECTIVE.findall(stream.read(1000)))
    return Source(file, found.get("program", "").split(), shlex.split(found.get("build", "")),
                  found.get("plugin", ""), found.get("unit", "") != "no")


def call(directory, arguments, timeout=60, **more):
    try:
        return subprocess.run(arguments, cwd=directory, capture_output=True, text=True, errors="replace",
                              timeout=timeout, check=False, **more)
    except subprocess.TimeoutExpired:
        raise Failure(f"'{shlex.join(arguments)}' did not end within {timeout} s") from None
    except OSError as error:
        raise Failure(f"cannot run '{arguments[0]}': {error.strerror}") from None


def build(program):
    """Compile and link each program of it, without a warning."""
    for plugin in sorted({s.plugin for s in program.units() if s.plugin}):
        compile_files(program, [s for s in program.units() if s.plugin == plugin], ["-shared", "-fPIC", "-o", plugin])
    for name in program.names():
        parts = [s for s in program.units() if not s.plugin and (not s.programs or name in s.programs)]
        compile_files(program, parts, ["-o", name])


def compile_files(program, sources, more):
    flags = [flag for s in sources for flag in s.flags]
    done = call(program.directory, ["gcc", *CFLAGS, *(s.name for s in sources), *more, *flags])
    if done.returncode or done.stderr.strip():
        raise Failure(f"does not compile without a warning: {done.stderr.strip()[-1500:]}")


def run(program, name, tokens, note=""):
    """The lines that program `name` prints when it is given the tokens as its headers, or a note, say."""
    words = [t for t in tokens if t != DEFAULT]
    text = program.truth.header("stdin")
    as_name = "{}" if "by name" in note else program.truth.header("run as")
    arguments = program.truth.header("run", "" if text or as_name else "{}")
    started, rest = f"./{name}", words
    if as_name:
        started, rest = "./" + as_name.replace("{}", words[0] if words else name), words[1:]
        link(program.directory, name, started)
    argv = [word for part in shlex.split(arguments)
            for word in (rest if part == "{}" else [part.replace("{}", " ".join(rest))])]
    done = call(program.directory, [started, *argv], timeout=SECONDS, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
                input=text.replace("\\n", "\n").replace("{}", " ".join(words)) + "\n" if text else "")
    if done.returncode < 0:
        raise Failure(f"'{' '.join(tokens)}' ends it with signal {-done.returncode}")
    return done.stdout.splitlines()


def link(directory, name, started):
    path = os.path.join(directory, started)
    if not os.path.lexists(path):
        os.symlink(name, path)


def judge_truth(program):
    """Sentences about rows that are not what the built program does."""
    problems = []
    rows = program.truth.by_tokens()
    every = {row.handler for row in program.truth.rows if row.handler}
    for (name, tokens), these in rows.items():
        if any("not run" in row.note for row in these):
            continue
        is_parent = any(p == name and t[:len(tokens)] == tokens and t not in (tokens, (*tokens, DEFAULT))
                        for p, t in rows)
        lines = run(program, name or program.names()[0], tokens, these[0].note)
        ran = [line for line in lines if line in every]
        above = {row.handler for row in rows.get((name, tokens[:-1]), ())}
        said = " ".join(tokens) + (f" ({name})" if name else "")
        problems += [f"'{said}' {problem}" for problem in judge_run(these, ran, is_parent, above)]
    return problems + judge_unknown(program, rows, every)


def judge_run(rows, ran, is_parent, above):
    """`ran` are the handlers that ran for these rows; `above` those of the word before, which run first."""
    handlers = {row.handler for row in rows if row.handler}
    if not handlers:
        is_wrong = ran and not is_parent and ran[-1] not in above
        return [f"runs {ran[-1]}, and is said to have no handler"] if is_wrong else []
    # What a word without further ones does may run last where others can follow it.
    if handlers & set(ran if is_parent else ran[-len(handlers):]):
        return []
    return [f"runs {', '.join(ran) or 'none of the handlers'}, not {', '.join(sorted(handlers))}"]


def judge_unknown(program, rows, every):
    """A word that is no command must not run a handler, but for a default."""
    problems = []
    for name in {name for name, _ in rows} or {""}:
        allowed = {row.handler for (p, tokens), these in rows.items() for row in these
                   if p == name and tokens == (DEFAULT,)}
        ran = [line for line in run(program, name or program.names()[0], ("~",)) if line in every - allowed]
        if ran:
            problems.append(f"'~' is no command, and runs {ran[0]}")
    return problems
