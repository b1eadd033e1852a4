"""What a user types and clicks: bindings, trees, menus, popups, prompts."""
import itertools
import re
import time

from terminal import start, tmux

# In the order of bytes that terminals send; "\\024" is C-t.
TREE_KEYS = [
    *"jk", "\033[B", "\033[A", *"lhtT", "\024", *"vOrnN/", "t\r", "\023", "?", "f", "1\r", *"+-gG", "\033[5~",
    "\033[6~", *"<>mMHxnXndD:", "\r", *"suUepP1", "\033[<0;5;5M", "\033[<0;5;5m", "\r", "q",
]
IN_TREES = [
    ["\024", "X", "y"], ["\024", ":", "display-message hi\r"], ["x", "y"], ["d", "y"], ["\024", "D", "y"],
    ["\024", "p"], ["P"], ["e"], ["\r"], ["f", "#{==:1,1}\r"], ["/", "b\r", "n", "N"], ["s", "on\r"],
    ["\033[C", "\033[B", "\r", "2\r", "u", "y", "D", "y", "w", "S"], ["\033[D", "u", "y"],
    ["\033[<2;5;3M", "\033[<34;7;5M", "\033[<2;7;5m", "\r"], ["\033[<0;20;20M", "\033[<0;20;20m"],
    ["\033[6~"] * 9 + ["\033[C", "\033[B", "\r", "x\r", "\024", "U", "y"],
]
EDITS = [
    "a", "b c", *"\001\005\002\006\010\004\013\025\027\031\024", "\033b", "\033f", "\033[A", "\033[B", "\t", "\t",
    "\033[D", "\033[C", "\033[H", "\033[F", "\033[3~", "\026", "\003",
]
PROMPTS = ["", "-1", "-k", "-N", "-i", "-F", "-p one,two", "-T search", "-T target", "-T window-target"]
MENU = [
    "display-menu", "-T", "#[align=centre]menu", "-x", "P", "-y", "M", "one", "1", "display-message 1", "", "two", "2",
    "display-message 2", "-off", "3", "display-message 3",
]
POPUPS = ["", "-B", "-E", "-EE", "-b rounded -T t", "-d /tmp -e A=b"]
KEYS = "F1 S-F5 M-x C-M-a KP5 Home NPage BTab DC IC C-Left M-Up User0 0x41 Any"


def drive_keys(client):
    """All bindings by their keys, the keys of a keyboard, a mouse everywhere."""
    for key in re.findall(r"^bind-key +(?:-r +)?-T prefix +(\S+)", tmux("list-keys", "-T", "prefix"), re.M):
        key = key.strip("'\"").replace("\\\\", "\\")
        if key in ("d", "&", "x", "C-z", "D"):
            continue
        client.type("\002", key if len(key) == 1 else chr(ord(key[2]) & 31) if key.startswith("C-") else "\033OA")
        client.type("n", "q", "\033", "\003")
    client.type(*(f"\033[{n}{m}~" for n in range(1, 35) for m in ("", ";2", ";5", ";8")))
    client.type(*(f"\033{c}{k}" for c in "O[" for k in "ABCDEFHPQRSMjklmnopqrstuvwxyX"))
    client.type(*(f"\033[1;{m}{k}" for m in range(2, 9) for k in "ABCDHF"), "\033[27;5;97~", "\033[97;5u", "\033a")
    client.type("\033\033[A", "é中🙂", b"\xff\xfe", "\177\b\t", *map(chr, range(1, 27)))
    buttons = (0, 1, 2, 8, 16, 32, 34, 35, 64, 65, 66)
    for button, x, y in itertools.product(buttons, (1, 5, 40, 50, 99), (1, 10, 15, 30)):
        client.mouse((button, x, y), (button, x, y, "up"))
    for y, *columns in ((5, 10, 30, 60), (15, 51, 50, 40), (30, 1, 5, 20), (1, 20, 40, 99), (3, 5, 5, 5)):
        moves = [(32, x, y + i) for i, x in enumerate(columns)]
        client.mouse((0, columns[0], y), *moves, (0, columns[-1], y + 2, "up"))
        client.type("q")
    tmux("copy-mode")
    client.mouse((0, 5, 5), (32, 9, 9), *[(32, 9, 1)] * 3, (0, 9, 1, "up"))
    client.type("q", "\033[M !!", "\033[M#!!", "q", "\033")
    for key in KEYS.split():
        tmux("send-keys", key)
        tmux("bind-key", "-n", key, "display-message", "ok")
        tmux("unbind-key", "-n", key)


def drive_modes(client):
    """Trees of sessions, buffers, clients, options."""
    tmux("set-buffer", "-b", "b0", "some text\nmore")
    for command in ("choose-tree", "choose-tree -s", "choose-tree -wG", "choose-buffer", "choose-client",
                    "customize-mode", "choose-tree -f 0", "display-panes -d 300", "clock-mode"):
        tmux(*command.split(), timeout=1)
        client.type(*TREE_KEYS)
        tmux(*command.split(), timeout=1)
        client.type("\r", "y", "q", "\033")
    trees = ("choose-tree", "choose-buffer", "choose-client", "customize-mode")
    for command, keys in itertools.product(trees, IN_TREES):
        client.keep()
        tmux("set-buffer", "-b", "b0", "some text\nmore")
        tmux("new-session", "-d", "-s", "second")
        tmux(command, timeout=1)
        client.type(*keys)
        client.resize(30, 101)
        client.resize(30, 100)
        client.type("q", "\033", "q")


def drive_prompts(client):
    for keys, flags in itertools.product(("vi", "emacs"), PROMPTS):
        tmux("set-option", "-g", "status-keys", keys)
        tmux("command-prompt", "-b", *flags.split(), "display-message '%1 %2'", timeout=1)
        client.type(*EDITS, "2", "\r", "\r")
        tmux("command-prompt", "-b", *flags.split(), timeout=1)
        client.type("\033", *"hlbwe0$xXDCSpP^Ei", "new-w\t", "\r", "\033", "\r")
    for answer in ("y", "n", "\r", "\003"):
        tmux("confirm-before", "-b", "display-message yes", timeout=1)
        client.type(answer)


def drive_overlays(client):
    """Menus and popups: they hide what is below, and take keys and clicks."""
    choosing = ["\033[<35;50;15M", "\033[<0;50;15M", "\033[<0;50;15m"]
    for keys in (["j", "k", "\r"], ["1"], choosing, ["q"], ["\033[6~", "g", "G", "\033[5~", "\033"]):
        start(*MENU)
        time.sleep(0.03)
        client.type(*keys)
    for flags in POPUPS:
        popup = start("display-popup", *flags.split(), "-w", "40", "-h", "10", "cat; sleep 9")
        time.sleep(0.03)
        client.resize(31, 100)
        client.type("text\r")
        # Its corners: dragged to move it, with M- to make it larger.
        for x, y in ((31, 11), (30, 10), (70, 20)):
            client.mouse((0, x, y), (32, x + 1, y), (0, x, y, "up"), (8, x, y), (40, x + 1, y), (8, x, y, "up"))
        client.mouse((2, 31, 11), (34, 33, 13), (2, 33, 13, "up"))
        client.type("j", "\r")
        client.mouse((0, 40, 12), (32, 42, 14), (0, 42, 14, "up"), (2, 40, 12), (2, 40, 12, "up"), (8, 40, 15))
        client.type("j", "\r", "\004", "\033", "\003")
        tmux("display-popup", "-C")
        popup.kill()
        popup.wait()
