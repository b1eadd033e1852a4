"""The true routes of a program, as a .tsv has them, and how routes that were found compare with them."""
import collections
import dataclasses
import os

DEFAULT = "<default>"  # stands for the last token where what runs needs none


@dataclasses.dataclass(frozen=True)
class Row:
    program: str  # "": whichever
    tokens: tuple
    handler: str  # "": an inner node, or a body in line
    file: str  # of the handler; "": not told
    note: str
    line: int

    def name(self):
        return f"{self.program}: {' '.join(self.tokens)}" if self.program else " ".join(self.tokens)

    def is_optional(self):
        return self.note.startswith("may")

    def match(self, usual):
        """How the last token is compared: 'match=WORD' in the note, or as everywhere in the program."""
        return next((word[6:] for word in self.note.split() if word.startswith("match=")), usual)


@dataclasses.dataclass
class Truth:
    path: str
    headers: list  # (key, value) of '# key: value' before the first row
    rows: list

    def header(self, key, default=""):
        return next((value for name, value in self.headers if name == key), default)

    def by_tokens(self):
        found = collections.defaultdict(list)
        for row in self.rows:
            found[row.program, row.tokens].append(row)
        return found


@dataclasses.dataclass(frozen=True)
class Route:
    """A route of static.json; an alias is one of its own."""
    program: str
    tokens: tuple
    handler: tuple  # (name, file), or ()
    others: tuple  # (name, file, role)
    match: str
    is_default: bool
    reason: str = ""  # why there is no handler

    def is_unresolved(self):
        """Known to be dispatched, but not to what: a computed name, a table that is read at run time."""
        return not self.handler and self.reason not in ("", "inline", "no_handler")


class Failure(Exception):
    """A file that is not as it should be."""


def read_truth(path):
    headers, rows, program = [], [], ""
    with open(path, encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].strip().partition(": ")
                if key == "in program":
                    program = value
                else:
                    headers.append((key, value))
            elif line.strip():
                rows.append(read_row(path, number, line, program))
    return Truth(path, headers, rows)


def read_row(path, number, line, program):
    columns = [*line.split("\t"), "", ""]
    if len(columns) < 4 or not columns[0].strip():
        raise Failure(f"{path}:{number}: a row is tokens, handler, file and note, with tabs between them")
    handler = "" if columns[1] == "-" else columns[1]
    return Row(program, tuple(columns[0].split()), handler, columns[2].replace("?", ""), columns[3], number)


def function_of(value, functions):
    """(name, file) of a handler: an id, a record, or an element that has one of them."""
    if isinstance(value, dict):
        inner = value.get("handler", value.get("function"))
        if isinstance(inner, str):
            return inner, value.get("file") or ""
        value = inner
    if isinstance(value, int) and 0 <= value < len(functions):
        return functions[value]["function"], functions[value]["file"] or ""
    return ()


def read_routes(document):
    """The routes of a static.json."""
    functions, routes = document["functions"], []
    for route in document.get("routes", []):
        tokens = tuple(route.get("tokens") or ())
        is_default = bool(route.get("default"))
        if is_default and tokens[-1:] != (DEFAULT,):
            tokens += (DEFAULT,)
        others = tuple((*function_of(other, functions), other.get("role", ""))
                       for other in route.get("other_handlers") or () if function_of(other, functions))
        for last in [tokens[-1:], *((a,) if isinstance(a, str) else tuple(a) for a in route.get("aliases") or ())]:
            handler = function_of(route.get("handler"), functions)
            routes.append(Route(route.get("program") or "", tokens[:-1] + last, handler, others,
                                route.get("match") or "", is_default, route.get("handler_reason") or ""))
    return routes


def is_same(row, function):
    """Whether (name, file, …) is the handler of a row; files by their last part, as not all tell more."""
    return row.handler == function[0] and (
        not row.file or not function[1] or os.path.basename(row.file) == os.path.basename(function[1]))


@dataclasses.dataclass
class Score:
    """By tokens; inner nodes and bodies in line are neither true routes nor false ones."""
    true: int = 0
    found: int = 0  # of them, whatever the handler
    right: int = 0  # of them, with the handler
    false: int = 0

    def __iadd__(self, other):
        for field in dataclasses.fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self

    def missed(self):
        return self.true - self.found

    def recall(self):
        return self.right / self.true if self.true else 1.0

    def precision(self):
        said = self.found + self.false
        return self.right / said if said else 1.0


class Comparison:
    """Routes that were found against true ones. With `programs`, only routes of a program of that name count.

    Unless `with_bodies`, a route that has no handler is none that could be false: bodies in line are not all told.
    """

    def __init__(self, truth, routes, programs=(), with_bodies=True):
        self.rows = truth.by_tokens()
        self.with_bodies = with_bodies
        self.not_covered = set(truth.header("not covered below").split())
        self.names_programs = any(program for program, _ in self.rows)
        self.routes = collections.defaultdict(list)
        for route in routes:
            if route.is_unresolved() and (route.program if self.names_programs else "", route.tokens) not in self.rows:
                continue
            if not programs or not route.program or route.program in programs:
                self.routes[route.program if self.names_programs else "", route.tokens].append(route)
        self.score = Score()
        self.missed, self.wrong, self.false, self.absent = [], [], [], []
        self.compare()

    def compare(self):
        for key, rows in self.rows.items():
            is_node = not any(row.handler for row in rows)
            if all(row.is_optional() for row in rows):
                continue
            if is_node:
                if key not in self.routes:
                    self.absent.append(rows[0])
                continue
            self.score.true += 1
            if key not in self.routes:
                self.missed.append(rows[0])
                continue
            self.score.found += 1
            if self.is_right(rows, self.routes[key]):
                self.score.right += 1
            else:
                self.wrong.append((rows, self.routes[key]))
        for key, routes in self.routes.items():
            is_told = self.with_bodies or any(route.handler or route.others for route in routes)
            if key not in self.rows and is_told and not self.is_unlisted_default(key) and self.is_covered(*key):
                self.false.append(routes[0])
                self.score.false += 1

    def is_covered(self, program, tokens):
        """Whether the rows tell all that is there: not below words of the header 'not covered below', '*' being all."""
        above = {" ".join(tokens[:n]) for n in range(1, len(tokens))}
        if "*" in self.not_covered:
            return not any((program, tuple(words.split())) in self.rows for words in above)
        return not above & self.not_covered

    def is_unlisted_default(self, key):
        """What runs without a further token is not everywhere told: it is neither right nor false."""
        program, tokens = key
        parent = tokens[:-1]
        return tokens[-1:] == (DEFAULT,) and bool((program, parent) in self.rows or not parent and self.rows)

    @staticmethod
    def is_right(rows, routes):
        return any(is_same(row, function) for row in rows for route in routes
                   for function in [route.handler, *route.others] if function)
