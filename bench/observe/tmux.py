"""Drive tmux through all that it has: commands and flags, options, formats, copy mode, menus, keys, escape sequences.

Run in the tree, beside an observed ./tmux; the server has a socket and a configuration of its own. What it must do
is taken from its own lists and tables, so that another version is driven as well.
"""
import fcntl
import itertools
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

TREE = os.getcwd()
TMUX = [f"{TREE}/tmux", "-L", f"observe-{os.getpid()}"]
FEATURES = "256,clipboard,ccolour,cstyle,extkeys,focus,margins,mouse,overline,rectfill,RGB,strikethrough,sync,title,usstyle"
# What a flag or an argument may be, by the name that the usage line gives it; else "1".
VALUES = {
    "working-directory": "/tmp", "start-directory": "/tmp", "buffer-name": "b0", "format": "#{pane_id}", "data": "text",
    "filter": "1", "flags": "read-only", "template": "display-message '%%'", "command": "display-message -p hello",
    "shell-command": "true", "key": "F5", "key-table": "prefix", "message": "#{session_name}", "match-string": "sh",
    "new-name": "renamed", "new-buffer-name": "b1", "environment": "A=b", "name": "NAME", "value": "value",
    "layout-name": "tiled", "hook": "pane-mode-changed", "option": "status-left", "prompt": "p", "prompts": "one,two",
    "inputs": "a,b", "path": "/dev/null", "channel": "c", "type": "command", "user": "nobody", "X": "5", "x": "5", "y": "5",
    "window-name": "w", "title": "t", "size": "5", "style": "fg=red", "border-lines": "double", "border-style": "fg=blue",
    "sort-order": "name", "prefix-string": "C-b", "separator": ",", "start-line": "-", "end-line": "-", "delay": "1",
    "width": "70", "height": "20", "pane:state": "%0:on", "name:what:format": "n:%*:#{pane_id}", "XxY": "70x20",
    "key-format": "#{line}", "position": "C",
}
# What runs in a pane: it echoes, and no key ends it.
PANE = "#!/bin/sh\ntrap '' INT QUIT TSTP\nwhile :; do cat; done\n"
ENDING = {"kill-server", "kill-session", "kill-window", "kill-pane", "detach-client", "lock-client", "lock-server",
          "lock-session", "suspend-client", "unlink-window", "wait-for", "respawn-pane", "respawn-window"}


def tmux(*arguments, timeout=3, text=None):
    """Run one command; what it printed. Some wait for a key: they are left after `timeout` seconds."""
    try:
        done = subprocess.run([*TMUX, *arguments], capture_output=True, text=True, errors="replace", timeout=timeout,
                              check=False, input=text)
        return done.stdout
    except subprocess.TimeoutExpired:
        return ""


def pause(seconds=0.03):
    time.sleep(seconds)


class Client:
    """A terminal in which `tmux ARGUMENTS` runs; what it prints is read and dropped."""

    def __init__(self, *arguments, term="xterm-256color", size=(30, 100)):
        self.arguments, self.term, self.size = arguments, term, size
        self.open()

    def open(self):
        self.is_alive = True
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = self.term
            os.execv(TMUX[0], [*TMUX, *self.arguments])
        self.resize(*self.size)
        self.drain(0.1)
        self.server = int(tmux("display-message", "-p", "#{pid}").strip() or 0)

    def keep(self):
        """Some nonsense makes tmux 3.3a loop for good: what it did until then is recorded, and a new server goes on."""
        if not tmux("list-clients", "-F", "client"):
            self.reopen()

    def reopen(self):
        """What was typed has ended the client, or its session, or the server."""
        if self.server and not tmux("display-message", "-p", "here"):
            try:
                os.kill(self.server, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.close()
        tmux("new-session", "-d", "-s", "first", "-x", "100", "-y", "30")
        self.open()

    def resize(self, rows, columns):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 8, rows * 16))
        self.drain()

    def drain(self, seconds=0.02):
        try:
            while select.select([self.fd], [], [], seconds)[0]:
                if not os.read(self.fd, 65536):
                    break
        except OSError:
            self.is_alive = False

    def type(self, *texts):
        for text in texts:
            if not self.is_alive:
                self.reopen()
            try:
                os.write(self.fd, text if isinstance(text, bytes) else text.encode())
            except OSError:
                self.is_alive = False
            self.drain()

    def answer(self):
        """What a terminal says when it is asked what it is."""
        self.type("\033[?62;4;22c", "\033[>41;330;0c", "\033P>|XTerm(330)\033\\", "\033]11;rgb:0000/0000/0000\033\\",
                  "\033[I", "\033[O", "\033[I", "\033]52;c;aGVsbG8=\007", "\033[200~pasted text\033[201~")

    def close(self):
        try:
            os.close(self.fd)
            os.waitpid(self.pid, 0)
        except (OSError, ChildProcessError):
            pass


def source_names(file, pattern):
    """Names in tmux's own tables."""
    with open(f"{TREE}/{file}", encoding="utf-8", errors="replace") as stream:
        return sorted(set(re.findall(pattern, stream.read())))


def usages():
    """(name, flags alone, [(flag, value)], arguments) of each command."""
    for line in tmux("list-commands").splitlines():
        name, _, rest = line.partition(" ")
        alone = "".join(re.findall(r"\[-(\w+)\]", rest))
        valued = re.findall(r"\[-(\w) ([^\]]+)\]", rest)
        rest = re.sub(r"\[-[^\]]*\]|\([^)]*\)|\.\.\.", "", rest)
        yield name, alone, valued, [VALUES.get(w, "1") for w in re.findall(r"[\w:-]+", rest)]


def value_of(flag, what):
    if what.startswith(("target", "src", "dst")):
        return "" if "client" in what else ":" if flag in "st" else "%0"
    return VALUES.get(what, "1")


def drive_commands(client):
    """Every command: bare, with each flag, with each valued flag, with wrong arguments."""
    for name, alone, valued, arguments in usages():
        if name in ENDING:
            continue
        client.keep()
        tmux("new-window", "-d")
        for n in range(len(arguments) + 1):
            tmux(name, *arguments[:n], timeout=0.3)
        for flag in alone:
            tmux(name, f"-{flag}", *arguments, timeout=0.3)
            client.type("q", "\033", "\r")
        for flag, what in valued:
            tmux(name, f"-{flag}", value_of(flag, what), *arguments, timeout=0.3)
            client.type("q", "\003")
            client.keep()
        tmux(name, "-t", "nothing:0.9", *arguments, timeout=0.3)
        tmux(name, "--", *["x"] * 9, timeout=1)
        client.type("q", "\033")


def drive_options():
    for scope in (["-s"], ["-g"], ["-gw"], ["-p"]):
        for line in tmux("show-options", *scope).splitlines() + tmux("show-options", "-A").splitlines():
            name, _, value = line.partition(" ")
            value = value.strip('"')
            for words in ([name, value], ["-F", name, value], [name, "on"], [name, "bad value"], ["-a", name, "x"],
                          ["-u", name], ["-o", name, value], ["-q", name, "2"]):
                tmux("set-option", *scope, *words)
            tmux("show-options", *scope, "-v", name.rstrip("*"))
    for choices in source_names("options-table.c", r"_list\[\] = \{([^}]*)\}"):
        for choice in re.findall(r'"([^"]+)"', choices):
            for name in ("status", "status-justify", "pane-border-status", "pane-border-lines", "window-size", "visual-bell",
                         "set-clipboard", "cursor-style", "bell-action", "popup-border-lines", "remain-on-exit", "mode-keys"):
                tmux("set-option", "-g", name, choice)
    for name in source_names("options-table.c", r'OPTIONS_TABLE_(?:PANE_|WINDOW_)?HOOK\("([\w-]+)"'):
        tmux("set-hook", "-g", name, "set-environment -g HOOK #{hook}")
        tmux("set-hook", "-gR", name)
    tmux("show-hooks", "-g")


def drive_formats():
    variables = source_names("format.c", r'\{ "(\w+)", FORMAT_TABLE_')
    for some in (variables[i:i + 20] for i in range(0, len(variables), 20)):
        tmux("display-message", "-p", " ".join(f"#{{{v}}}" for v in some))
    for modifier in ("t", "t/f/%H", "t/p", "b", "d", "l", "n", "w", "q", "q/e", "q/h", "E", "T", "S", "W", "P", "N", "N/s", "=5", "=-5",
                     "=/5/..", "p9", "p-9", "s/a/b/", "s/[a-z]/x/i", "C", "C/r", "a", "c", "m", "m/ri", "e|+|f|2", "||", "&&", "!="):
        for value in ("session_name", "start_time", "pane_current_path", "status-left", "97", "1,2", "*,abc", "colour5"):
            tmux("display-message", "-p", f"#{{{modifier}:{value}}}")
    for text in ("#{?pane_active,yes,no}", "#{==:a,b}", "#{<:1,2}", "#{e|*:3,4}", "#{e|/|f|3:5,3}", "#{e|m:7,3}", "#(echo job)",
                 "#[fg=red,bold]x#[align=right list=on]y#[range=window|1]z#[norange default]", "#{P:#{pane_id} ,[#{pane_id}]}",
                 "%H:%M", "#{W:#{E:window-status-format} ,x}", "#{R:a,3}", "#{", "#{e|>=:3,2}", "##", "#{&&:1,0}", "#{S:#S}"):
        tmux("display-message", "-p", text)
        tmux("set-option", "-g", "status-right", text)
    tmux("display-message", "-a")
    tmux("display-message", "-v", "#{session_name}")


def drive_copy_mode(client):
    tmux("new-window", "seq 1 300; echo 'a (b [c {d}]) word_one two.three https://x/y'; cat")
    pause(0.2)
    commands = source_names("window-copy.c", r'\.command = "([\w-]+)"')
    for keys, selected in itertools.product(("vi", "emacs"), (None, "begin-selection", "select-line", "rectangle-toggle")):
        tmux("set-option", "-gw", "mode-keys", keys)
        for command in commands:
            tmux("copy-mode")
            if selected:
                tmux("send-keys", "-X", "search-backward", "word")
                tmux("send-keys", "-X", selected)
                tmux("send-keys", "-X", "-N", "3", "cursor-up")
            tmux("send-keys", "-X", command, "e", "p")
            tmux("send-keys", "-X", "-N", "2", command)
    for keys, table in (("vi", "copy-mode-vi"), ("emacs", "copy-mode")):
        tmux("set-option", "-gw", "mode-keys", keys)
        for key in re.findall(rf"^bind-key +(?:-r +)?-T {table} +(\S+)", tmux("list-keys", "-T", table), re.M):
            tmux("copy-mode", "-u")
            tmux("send-keys", key.strip("'\"").replace("\\\\", "\\"), timeout=0.2)  # some ask for more
            client.type("w", "\r")
    tmux("send-keys", "-X", "cancel")


def drive_keys(client):
    """All bindings by their keys, the keys of a keyboard, a mouse everywhere."""
    for key in re.findall(r"^bind-key +(?:-r +)?-T prefix +(\S+)", tmux("list-keys", "-T", "prefix"), re.M):
        key = key.strip("'\"").replace("\\\\", "\\")
        if key in ("d", "&", "x", "C-z", "D"):
            continue
        client.type("\002", key if len(key) == 1 else chr(ord(key[2]) & 31) if key.startswith("C-") else "\033OA")
        client.type("n", "q", "\033", "\003")
    client.type(*(f"\033[{n}{m}~" for n in range(1, 35) for m in ("", ";2", ";5", ";8")))
    client.type(*(f"\033{c}{k}" for c in "O[" for k in "ABCDEFHPQRSMjklmnopqrstuvwxyX"), *(f"\033[1;{m}{k}" for m in range(2, 9) for k in "ABCDHF"))
    client.type("\033[27;5;97~", "\033[97;5u", "\033a", "\033\033[A", "é中🙂", b"\xff\xfe", "\177\b\t", *map(chr, range(1, 27)))
    for button, x, y in itertools.product((0, 1, 2, 8, 16, 32, 34, 35, 64, 65, 66), (1, 5, 40, 50, 99), (1, 10, 15, 30)):
        client.type(f"\033[<{button};{x};{y}M", f"\033[<{button};{x};{y}m")
    client.type("\033[M !!", "\033[M#!!", "q", "\033")
    for key in ("F1", "S-F5", "M-x", "C-M-a", "KP5", "Home", "NPage", "BTab", "DC", "IC", "C-Left", "M-Up", "User0", "0x41", "Any"):
        tmux("send-keys", key)
        tmux("bind-key", "-n", key, "display-message", "ok")
        tmux("unbind-key", "-n", key)


def drive_modes(client):
    """Whatever asks the user: trees, menus, popups, prompts."""
    tmux("set-buffer", "-b", "b0", "some text\nmore")
    keys = ["j", "k", "\033[B", "\033[A", "l", "h", "t", "T", "\024", "v", "O", "r", "n", "N", "/", "t\r", "\023", "?", "f", "1\r", "+", "-",
            "g", "G", "\033[5~", "\033[6~", "<", ">", "m", "M", "H", "x", "n", "X", "n", "d", "D", ":", "\r", "s", "u", "U", "e", "p", "P", "1",
            "\033[<0;5;5M", "\033[<0;5;5m", "\r", "q"]
    for command in (["choose-tree"], ["choose-tree", "-s"], ["choose-tree", "-wG"], ["choose-buffer"], ["choose-client"],
                    ["customize-mode"], ["choose-tree", "-f", "0"], ["display-panes", "-d", "300"], ["clock-mode"]):
        tmux(*command, timeout=1)
        client.type(*keys)
        tmux(*command, timeout=1)
        client.type("\r", "y", "q", "\033")
    edits = ["a", "b c", "\001", "\005", "\002", "\006", "\010", "\004", "\013", "\025", "\027", "\031", "\024", "\033b", "\033f", "\033[A",
             "\033[B", "\t", "\t", "\033[D", "\033[C", "\033[H", "\033[F", "\033[3~", "\026", "\003"]
    for status_keys in ("vi", "emacs"):
        tmux("set-option", "-g", "status-keys", status_keys)
        for flags in ([], ["-1"], ["-k"], ["-N"], ["-i"], ["-F"], ["-p", "one,two"], ["-T", "search"], ["-T", "target"], ["-T", "window-target"]):
            tmux("command-prompt", "-b", *flags, "display-message '%1 %2'", timeout=1)
            client.type(*edits, "2", "\r", "\r")
            tmux("command-prompt", "-b", *flags, timeout=1)
            client.type("\033", *"hlbwe0$xXDCSpP^Ei", "new-w\t", "\r", "\033", "\r")
    for answer in ("y", "n", "\r", "\003"):
        tmux("confirm-before", "-b", "display-message yes", timeout=1)
        client.type(answer)
    menu = ["display-menu", "-T", "#[align=centre]menu", "-x", "P", "-y", "M", "one", "1", "display-message 1", "", "two", "2",
            "display-message 2", "-off", "3", "display-message 3"]
    for some in (["j", "k", "\r"], ["1"], ["\033[<35;50;15M", "\033[<0;50;15M", "\033[<0;50;15m"], ["q"], ["\033[6~", "g", "G", "\033[5~", "\033"]):
        subprocess.Popen([*TMUX, *menu], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        pause()
        client.type(*some)
    for flags in ([], ["-B"], ["-E"], ["-EE"], ["-b", "rounded", "-T", "t"], ["-d", "/tmp", "-e", "A=b"]):
        process = subprocess.Popen([*TMUX, "display-popup", *flags, "-w", "40", "-h", "10", "cat; sleep 9"])
        pause()
        client.type("text\r", "\033[<0;40;12M", "\033[<32;42;14M", "\033[<0;42;14m", "\033[<2;40;12M", "j", "\r", "\033[<8;40;15M", "\004", "\033", "\003")
        tmux("display-popup", "-C")
        process.kill()
        process.wait()


def drive_escapes(directory):
    """All that the terminal emulator knows, and much that it does not."""
    with open(f"{directory}/escapes", "wb") as stream:
        stream.write(b"line of text\r\n" * 30)
        for final in range(0x30, 0x7f):
            for body in (b"", b"#", b"(", b")"):
                stream.write(b"\033" + body + bytes([final]) + b"text\033\\\r\n")
        for final, private, numbers in itertools.product(range(0x40, 0x7f), (b"", b"?", b">", b"!", b" "), (b"", b"1", b"2;5", b"0;10;20", b"999")):
            intermediate = private if private in b"! " else b""
            stream.write(b"\033[" + (b"" if intermediate else private) + numbers + intermediate + bytes([final]) + b"xy\n")
        for mode in [*range(1, 60), 1000, 1002, 1003, 1004, 1005, 1006, 1047, 1048, 1049, 2004, 2026]:
            stream.write(f"\033[?{mode}h\033[{mode}hab\033[?{mode}l\033[{mode}l\033[?{mode}$p\033[{mode}n\033[?{mode}n".encode())
        for sgr in [*range(0, 110), "38;5;9", "48;5;200", "38;2;1;2;3", "48:2::4:5:6", "4:3", "58:5:4", "38:5:1", "59", "4:0"]:
            stream.write(f"\033[{sgr}mtext".encode())
        for number, end in itertools.product([0, 1, 2, 4, 7, 8, 10, 11, 12, 52, 104, 110, 111, 112, 133, 777], (b"\007", b"\033\\")):
            for body in (b"text", b"?", b"#112233", b"c;aGVsbG8=", b"1;rgb:11/22/33", b"c;?", b"A"):
                stream.write(b"\033]" + str(number).encode() + b";" + body + end)
        stream.write(b"\033Ptmux;\033\033]0;t\007\033\\\033P$q m\033\\\033P$q q\033\\\033kname\033\\\033_title\033\\\016lqk\017\tx\b\v\f\007")
        stream.write("\033[2;10rwide 中文 é e\u0301 🙂\u200d🙂\ufe0f\033[5L\033[3M\033[4@\033[2P\033[3X\033D\033M\033E\0337\0338\033c".encode() + b"\xff\xc3(\x80")
    for options in ([], ["-x", "30", "-y", "8"]):
        tmux("new-window", f"cat {directory}/escapes; cat")
        pause(0.3)
        if options:
            tmux("resize-window", *options)
        tmux("capture-pane", "-peJ")
        tmux("capture-pane", "-pPC", "-S", "-")
        tmux("clear-history")


def drive_windows(client, directory):
    """Layouts, panes that move, pipes, monitors, files, environment."""
    tmux("set-option", "-g", "mouse", "on")
    for layout in ("even-horizontal", "even-vertical", "main-horizontal", "main-vertical", "tiled", "b25f,80x24,0,0{40x24,0,0,1,39x24,41,0,2}"):
        tmux("new-window")
        for flags in (["-h"], ["-v"], ["-hb", "-l", "20%"], ["-f"], ["-vd"]):
            tmux("split-window", *flags)
        tmux("select-layout", layout)
        for flag in "DULR":
            tmux("resize-pane", f"-{flag}", "2")
            tmux("select-pane", f"-{flag}")
        for command in (["resize-pane", "-Z"], ["swap-pane", "-D"], ["rotate-window"], ["break-pane", "-d"], ["join-pane", "-h", "-s", ":.1"],
                        ["select-pane", "-m"], ["swap-pane"], ["select-layout", "-E"], ["select-layout", "-o"], ["next-layout"],
                        ["last-pane"], ["select-pane", "-P", "bg=red"], ["kill-pane"], ["move-window", "-r"], ["swap-window", "-t", ":0"]):
            tmux(*command)
        client.resize(24, 60)
        client.resize(40, 120)
    tmux("split-window", "-I", text="from stdin\n")
    for command in ("echo bell; printf '\\a'; sleep 0.1; exit 3", "false", "kill -9 $$"):
        for choice in ("on", "off", "failed"):
            tmux("set-option", "-gw", "remain-on-exit", choice)
            tmux("new-window", "-d", command)
    pause(0.3)
    for command in (["respawn-pane", "-k"], ["respawn-window", "-k"], ["pipe-pane", "cat >/dev/null"], ["pipe-pane", "-I", "echo piped"],
                    ["pipe-pane"], ["monitor-activity"], ["set-option", "-gw", "monitor-silence", "1"], ["set-option", "-gw", "monitor-activity", "on"],
                    ["set-option", "-g", "visual-activity", "both"], ["save-buffer", f"{directory}/saved"], ["load-buffer", f"{directory}/saved"],
                    ["show-buffer"], ["paste-buffer", "-p"], ["save-buffer", "-"], ["show-environment", "-g"], ["show-environment", "-s"],
                    ["set-environment", "-g", "A", "b"], ["set-environment", "-gr", "A"], ["set-environment", "-h", "B", "c"], ["show-messages"],
                    ["server-access", "-l"], ["server-access", "-a", "nobody"], ["server-access", "-r", "nobody"], ["server-access", "-d", "nobody"],
                    ["run-shell", "echo out; exit 2"], ["run-shell", "-b", "-d", "0.1", "echo late"], ["run-shell", "-C", "display-message x"],
                    ["if-shell", "true", "display-message a", "display-message b"], ["if-shell", "-F", "0", "", "display-message b"],
                    ["if-shell", "-b", "false", "", "display-message c"], ["list-keys", "-N"], ["list-keys", "-1", "c"], ["show-prompt-history"]):
        tmux(*command)
    tmux("load-buffer", "-", text="from stdin\n")
    tmux("load-buffer", "-w", "-", text="to the clipboard\n")


def drive_configuration(directory):
    with open(f"{directory}/tmux.conf", "w", encoding="utf-8") as stream:
        stream.write("""
%if "#{==:1,1}"
NAME=value ; %hidden H="x$NAME"
%elif 0
set -g status off
%else
set -g status on
%endif
bind-key -N 'a note' -T table x { display-message "a\\u00e9\\101$NAME" ; if-shell true { new-window -d } { kill-window } }
set -g status-left "~/${HOME}" # comment
set -ga update-environment ' X' ; set -g @user-option 'x y'
set -g command-alias[50] 'zz=display-message -p zz'
set -g user-keys[0] "\\e[5;30012~" ; set -g terminal-overrides[5] 'xterm*:Tc:RGB' ; set -g status-format[1] 'second #{W:#I}'
set -g status 2 ; set -g lock-command true ; set -g lock-after-time 1
zz ; nonsense ; bind-key
display-message 'unterminated
""")
    for flags in (["-n"], ["-v"], ["-q"], []):
        tmux("source-file", *flags, f"{directory}/tmux.conf")
    tmux("source-file", "-", text="display-message -p stdin\n")
    tmux("source-file", "/nonexistent")
    tmux("zz")
    subprocess.run([TMUX[0], "-L", f"{TMUX[2]}-2", "-f", f"{directory}/tmux.conf", "new-session", "-d"], capture_output=True, check=False, timeout=5)
    subprocess.run([TMUX[0], "-L", f"{TMUX[2]}-2", "kill-server"], capture_output=True, check=False, timeout=5)


def drive_control():
    lines = ["list-windows", "new-window -d", "refresh-client -C 90,30", "refresh-client -f pause-after=1,wait-exit", "refresh-client -A %0:pause",
             "refresh-client -A %0:continue", "refresh-client -B 'n:%*:#{pane_id} #{window_name}'", "refresh-client -B 'a:@*:#{window_name}'",
             "refresh-client -B 's::#{session_name}'", "rename-window new", "rename-session control", "nonsense", "send-keys -H 61 0d",
             "split-window 'seq 1 2000; cat'", "set-buffer -b c x", "new-session -d -s other", "switch-client -t other", "kill-session -t other",
             "select-pane -t :.0", "kill-window", "detach-client"]
    for flag in ("-C", "-CC"):
        client = Client(flag, "attach-session")
        for line in lines:
            client.type(line + "\n")
            client.drain(0.06)
        time.sleep(1.2)  # subscriptions are checked once a second
        client.drain()
        client.type("\n")
        client.close()
    tmux("-C", "new-session", "-s", "piped", text="list-panes\nkill-session\n")


def drive_ending(client, other):
    """What ends panes, clients and the server comes last."""
    tmux("lock-session")
    tmux("lock-client")
    tmux("lock-server")
    subprocess.Popen([*TMUX, "wait-for", "c"])
    pause()
    for flags in (["-S"], ["-L"], ["-U"]):
        tmux("wait-for", *flags, "c")
    server = int(tmux("display-message", "-p", "#{pid}").strip() or 0)
    for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGCHLD, signal.SIGUSR2):
        if server > 1:
            os.kill(server, number)
        pause()
    os.kill(other.pid, signal.SIGWINCH)
    tmux("suspend-client")
    pause()
    os.kill(client.pid, signal.SIGCONT)
    for flags in (["-a"], ["-E", "true"], ["-P"]):
        tmux("detach-client", *flags)
        pause()
    client.close()
    other.close()
    again = Client("attach-session", "-d", term="tmux-256color")
    os.kill(again.pid, signal.SIGTERM)
    for name in ("unlink-window", "kill-pane", "kill-window", "kill-session"):
        for flag in ("", "-a", "-k"):
            tmux("new-session", "-d")
            tmux(name, *[flag] * bool(flag))
    again.close()


def main():
    os.environ.pop("TMUX", None)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # detach-client -P sends it to the client's parent
    with tempfile.TemporaryDirectory(prefix="observe-tmux.") as directory:
        os.environ["TMUX_TMPDIR"] = directory
        os.chdir(directory)  # where -v leaves its logs
        TMUX[3:] = ["-f", "/dev/null"]
        with open(f"{directory}/pane", "w", encoding="utf-8") as stream:
            stream.write(PANE)
        os.chmod(f"{directory}/pane", 0o700)
        tmux("-V")
        tmux("-2", "-u", "-T", FEATURES, "set-option", "-g", "default-command", f"{directory}/pane", ";", "set-option", "-s", "exit-empty", "off", ";",
             "new-session", "-d", "-s", "first", "-x", "100", "-y", "30")
        client = Client("-2", "-u", "-T", FEATURES, "attach-session")
        pause(0.3)
        client.answer()
        other = Client("attach-session", "-t", "first", term="vt100", size=(20, 60))
        steps = [lambda: drive_windows(client, directory), lambda: drive_keys(client), lambda: drive_modes(client),
                 lambda: drive_escapes(directory), lambda: drive_copy_mode(client), drive_formats,
                 lambda: drive_configuration(directory), drive_control, lambda: drive_commands(client), drive_options]
        try:
            for step in steps:
                client.keep()
                started = time.monotonic()
                step()
                print("step", time.monotonic() - started, file=sys.stderr)
                other.drain()
            drive_ending(client, other)
        finally:
            tmux("kill-server")
    return 0


if __name__ == "__main__":
    sys.exit(main())
