"""A command for gdb that prints the rows of a table of commands, as bench/truth has them.

    gdb -batch -x bench/truth/dump_table.py -ex 'routes ARRAY NAME HANDLER [alias=FIELD] [sub=FIELD] [first=WORDS]' PROGRAM

ARRAY is an expression: an array of structs or of pointers to them, or a pointer to the first, which a row without a
name or a null pointer ends. NAME and HANDLER are fields, `a.b` being one of a struct inside; a NAME may be a pointer
to a table of names, each of them an alias. `sub` is the field with the table of the next level; `first` stands before
the tokens. The file of a handler is that of its symbol.
"""
import gdb

MOST = 10_000


def field(value, path):
    for part in path.split("."):
        value = value[part]
    return value


def text(value):
    if value.type.strip_typedefs().code == gdb.TYPE_CODE_PTR and int(value) == 0:
        return None
    return value.string()


def names(value):
    """One name, or those of a null-terminated array of names."""
    target = value.type.strip_typedefs()
    if target.code != gdb.TYPE_CODE_PTR or target.target().strip_typedefs().code != gdb.TYPE_CODE_PTR:
        return [text(value)]
    found = []
    for i in range(MOST if int(value) else 0):
        if int(value[i]) == 0:
            break
        found.append(text(value[i]))
    return found or [None]


def rows(array):
    """Each struct of the table, up to its end."""
    kind = array.type.strip_typedefs()
    length = kind.range()[1] + 1 if kind.code == gdb.TYPE_CODE_ARRAY and kind.range()[1] >= 0 else MOST
    for i in range(length):
        row = array[i]
        if row.type.strip_typedefs().code == gdb.TYPE_CODE_PTR:
            if int(row) == 0:
                return
            row = row.dereference()
        yield row


def handler(value):
    """(name, file) of the function that a value points to."""
    address = int(value.cast(gdb.lookup_type("unsigned long")))
    if not address:
        return "-", ""
    block = gdb.block_for_pc(address)
    while block and not block.function:
        block = block.superblock
    if block:
        return block.function.name, block.function.symtab.filename
    # A function in parts, of which this is no beginning: what the linker and the lines say.
    place = gdb.find_pc_line(address).symtab
    symbol = gdb.execute(f"info symbol {address}", to_string=True).split(" in section")[0]
    return symbol, place.filename if place else "?"


def print_rows(array, name, run, options, first):
    for row in rows(array):
        words = names(field(row, name))
        if not words[0]:
            return
        function, file = handler(field(row, run)) if run != "-" else ("-", "")
        alias = text(field(row, options["alias"])) if "alias" in options else None
        for word in [*words, *([alias] if alias else [])]:
            note = "" if word == words[0] else f"alias of {words[0]}"
            print("\t".join([" ".join([*first, word]), function, file, note]).rstrip("\t"))
        if "sub" in options and int(field(row, options["sub"])):
            print_rows(field(row, options["sub"]), name, run, options, [*first, words[0]])


class Routes(gdb.Command):
    def __init__(self):
        super().__init__("routes", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        array, name, run, *rest = gdb.string_to_argv(argument)
        options = dict(word.split("=", 1) for word in rest)
        first = options.get("first", "").split()
        print_rows(gdb.parse_and_eval(array), name, run, options, first)


Routes()
