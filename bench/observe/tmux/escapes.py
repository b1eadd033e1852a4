"""What programs print: all that the terminal emulator knows, and much that it does not."""
import itertools
import time

from terminal import tmux

MODES = [*range(1, 60), 1000, 1002, 1003, 1004, 1005, 1006, 1047, 1048, 1049, 2004, 2026]
COLOURS = [
    *range(110), "38;5;9", "48;5;200", "38;2;1;2;3", "48:2::4:5:6", "4:3", "58:5:4", "38:5:1", "59", "4:0",
]
COMMANDS = [0, 1, 2, 4, 7, 8, 10, 11, 12, 52, 104, 110, 111, 112, 133, 777]
BODIES = ["text", "?", "#112233", "c;aGVsbG8=", "1;rgb:11/22/33", "c;?", "A"]
OTHERS = (
    "\033Ptmux;\033\033]0;t\007\033\\\033P$q m\033\\\033P$q q\033\\\033kname\033\\\033_title\033\\\016lqk\017\tx\b\v\f\007"
    "\033[2;10rwide 中文 é e\u0301 🙂\u200d🙂\ufe0f\033[5L\033[3M\033[4@\033[2P\033[3X\033D\033M\033E\0337\0338\033c"
)


def texts():
    yield "line of text\r\n" * 30
    for final, body in itertools.product(range(0x30, 0x7f), ("", "#", "(", ")")):
        yield f"\033{body}{chr(final)}text\033\\\r\n"
    numbers = ("", "1", "2;5", "0;10;20", "999")
    for final, private, number in itertools.product(range(0x40, 0x7f), ("", "?", ">", "!", " "), numbers):
        # An intermediate character stands behind the numbers, a private one before them.
        before, behind = ("", private) if private in ("!", " ") else (private, "")
        yield f"\033[{before}{number}{behind}{chr(final)}xy\n"
    yield "\033#8\033[?3h\033#8"
    for mode in MODES:
        yield f"\033[?{mode}h\033[{mode}hab\033[?{mode}l\033[{mode}l\033[?{mode}$p\033[{mode}n\033[?{mode}n"
    for colour in COLOURS:
        yield f"\033[{colour}mtext"
    for number, end, body in itertools.product(COMMANDS, ("\007", "\033\\"), BODIES):
        yield f"\033]{number};{body}{end}"
    yield OTHERS


def drive_escapes(directory):
    with open(f"{directory}/escapes", "wb") as stream:
        stream.write("".join(texts()).encode() + b"\xff\xc3(\x80")
    for options in ([], ["-x", "30", "-y", "8"]):
        tmux("new-window", f"cat {directory}/escapes; cat")
        time.sleep(0.3)
        if options:
            tmux("resize-window", *options)
        tmux("capture-pane", "-peJ")
        tmux("capture-pane", "-pPC", "-S", "-")
        tmux("clear-history")
