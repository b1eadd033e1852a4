"""Commands from a shell: each with each of its flags, options, formats, copy mode, layouts, control mode."""
import itertools
import os
import re
import shlex
import shutil
import time

from terminal import TMUX, Client, source_names, start, tmux

# What a flag or an argument may be, by the name that the usage line gives it; else "1".
VALUES = {
    "working-directory": "/tmp", "start-directory": "/tmp", "buffer-name": "b0", "format": "#{pane_id}", "data": "text",
    "filter": "1", "flags": "read-only", "template": "display-message '%%'", "command": "display-message -p hello",
    "shell-command": "true", "key": "F5", "key-table": "prefix", "message": "#{session_name}", "match-string": "sh",
    "new-name": "renamed", "new-buffer-name": "b1", "environment": "A=b", "name": "NAME", "value": "value",
    "layout-name": "tiled", "hook": "pane-mode-changed", "option": "status-left", "prompt": "p", "prompts": "one,two",
    "inputs": "a,b", "path": "/dev/null", "channel": "c", "type": "command", "user": "nobody", "X": "5", "x": "5",
    "y": "5", "window-name": "w", "title": "t", "size": "5", "style": "fg=red", "border-lines": "double",
    "border-style": "fg=blue", "sort-order": "name", "prefix-string": "C-b", "separator": ",", "start-line": "-",
    "end-line": "-", "delay": "1", "width": "70", "height": "20", "pane:state": "%0:on", "XxY": "70x20",
    "name:what:format": "n:%*:#{pane_id}", "key-format": "#{line}", "position": "C",
}
ENDING = {
    "kill-server", "kill-session", "kill-window", "kill-pane", "detach-client", "lock-client", "lock-server",
    "lock-session", "suspend-client", "unlink-window", "wait-for", "respawn-pane", "respawn-window",
}
CHOSEN = (
    "status", "status-justify", "pane-border-status", "pane-border-lines", "window-size", "visual-bell",
    "set-clipboard", "cursor-style", "bell-action", "popup-border-lines", "remain-on-exit", "mode-keys",
)
MODIFIERS = (
    "t t/f/%H t/p b d l n w q q/e q/h E T S W P N N/s =5 =-5 =/5/.. p9 p-9 s/a/b/ s/[a-z]/x/i C C/r a c m m/ri "
    "e|+|f|2 || && !="
)
FORMATS = (
    "#{?pane_active,yes,no}", "#{==:a,b}", "#{<:1,2}", "#{e|*:3,4}", "#{e|/|f|3:5,3}", "#{e|m:7,3}", "#(echo job)",
    "#[fg=red,bold]x#[align=right list=on]y#[range=window|1]z#[norange default]", "#{P:#{pane_id} ,[#{pane_id}]}",
    "%H:%M", "#{W:#{E:window-status-format} ,x}", "#{R:a,3}", "#{", "#{e|>=:3,2}", "##", "#{&&:1,0}", "#{S:#S}",
)
IN_COPY_MODE = "seq 1 300; echo 'a (b [c {d}]) word_one two.three https://x/y'; cat"
CUSTOM_LAYOUT = "b25f,80x24,0,0{40x24,0,0,1,39x24,41,0,2}"
ON_PANES = (
    "resize-pane -Z", "swap-pane -D", "rotate-window", "break-pane -d", "join-pane -h -s :.1", "select-pane -m",
    "swap-pane", "select-layout -E", "select-layout -o", "next-layout", "last-pane", "select-pane -P bg=red", "kill-pane",
    "move-window -r", "swap-window -t :0",
)
CONTROLS = (
    "list-windows", "new-window -d", "refresh-client -C 90,30", "refresh-client -f pause-after=1,wait-exit",
    "refresh-client -A %0:pause", "refresh-client -A %0:continue", "refresh-client -A %0:off", "refresh-client -A %0:on",
    "refresh-client -B 'n:%*:#{pane_id} #{window_name}'", "refresh-client -B 'a:@*:#{window_name}'",
    "refresh-client -B 's::#{session_name}'", "refresh-client -B 'p:%0:#{pane_id}'",
    "refresh-client -B 'w:@0:#{window_name}'",
    "rename-window new", "rename-session control", "nonsense", "send-keys -H 61 0d", "split-window 'seq 1 2000; cat'",
    "set-buffer -b c x", "new-session -d -s other", "switch-client -t other", "kill-session -t other",
    "select-pane -t :.0", "refresh-client -B n", "kill-window", "detach-client",
)


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
        tmux(name, "--", *["x"] * 9, timeout=0.3)
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
        for choice, name in itertools.product(re.findall(r'"([^"]+)"', choices), CHOSEN):
            tmux("set-option", "-g", name, choice)
    for name in source_names("options-table.c", r'OPTIONS_TABLE_(?:PANE_|WINDOW_)?HOOK\("([\w-]+)"'):
        tmux("set-hook", "-g", name, "set-environment -g HOOK #{hook}")
        tmux("set-hook", "-gR", name)
    tmux("show-hooks", "-g")


def drive_formats():
    variables = source_names("format.c", r'\{ "(\w+)", FORMAT_TABLE_')
    for some in (variables[i:i + 20] for i in range(0, len(variables), 20)):
        tmux("display-message", "-p", " ".join(f"#{{{v}}}" for v in some))
    values = ("session_name", "start_time", "pane_current_path", "status-left", "97", "1,2", "*,abc", "colour5")
    for modifier, value in itertools.product(MODIFIERS.split(), values):
        tmux("display-message", "-p", f"#{{{modifier}:{value}}}")
    for text in FORMATS:
        tmux("display-message", "-p", text)
        tmux("set-option", "-g", "status-right", text)
    tmux("display-message", "-a")
    tmux("display-message", "-v", "#{session_name}")


def drive_copy_mode(client):
    tmux("new-window", IN_COPY_MODE)
    time.sleep(0.2)
    commands = source_names("window-copy.c", r'\.command = "([\w-]+)"')
    selections = (("vi", None), ("vi", "begin-selection"), ("emacs", "rectangle-toggle"), ("emacs", "select-line"))
    for keys, selected in selections:
        tmux("set-option", "-gw", "mode-keys", keys)
        for command in commands:
            tmux("copy-mode")
            if selected:
                tmux("send-keys", "-X", "search-backward", "word")
                tmux("send-keys", "-X", selected)
                tmux("send-keys", "-X", "-N", "3", "cursor-up")
            tmux("send-keys", "-X", command, "e")
            tmux("send-keys", "-X", command, "e", "p")
            tmux("send-keys", "-X", "-N", "2", command)
        client.resize(25, 90)
        client.resize(30, 100)
    for keys, table in (("vi", "copy-mode-vi"), ("emacs", "copy-mode")):
        tmux("set-option", "-gw", "mode-keys", keys)
        for key in re.findall(rf"^bind-key +(?:-r +)?-T {table} +(\S+)", tmux("list-keys", "-T", table), re.M):
            tmux("copy-mode", "-u")
            tmux("send-keys", key.strip("'\"").replace("\\\\", "\\"), timeout=0.2)  # some ask for more
            client.type("w", "\r")
    tmux("send-keys", "-X", "cancel")


def drive_windows(client, directory):
    """Layouts and panes that move; then what stands in commands.txt."""
    here = os.path.dirname(os.path.abspath(__file__))
    for layout in ("even-horizontal", "even-vertical", "main-horizontal", "main-vertical", "tiled", CUSTOM_LAYOUT):
        tmux("new-window")
        for flags in ("-h", "-v", "-hb -l 20%", "-f", "-vd"):
            tmux("split-window", *flags.split())
        tmux("select-layout", layout)
        for flag in "DULR":
            tmux("resize-pane", f"-{flag}", "2")
            tmux("select-pane", f"-{flag}")
        for command in ON_PANES:
            tmux(*command.split())
        client.resize(24, 60)
        client.resize(40, 120)
    tmux("split-window", "-I", text="from stdin\n")
    shutil.copy(f"{here}/tmux.conf", directory)
    with open(f"{here}/commands.txt", encoding="utf-8") as stream:
        for line in stream:
            if not line.startswith("#"):
                tmux(*shlex.split(line.replace("%D", directory)))
    tmux("load-buffer", "-", text="from stdin\n")
    tmux("load-buffer", "-w", "-", text="to the clipboard\n")
    tmux("source-file", "-", text="display-message -p stdin\n")
    second = ["-L", f"{TMUX[2]}-2", "-f", f"{directory}/tmux.conf"]
    tmux(*second, "new-session", "-d")
    tmux(*second, "kill-server")


def drive_control():
    for flag in ("-C", "-CC"):
        client = Client(flag, "attach-session")
        for line in CONTROLS:
            client.type(line + "\n")
            client.drain(0.06)
        client.drain(1.2)  # subscriptions are checked once a second
        client.type("\n")
        client.close()
    tmux("-C", "new-session", "-s", "piped", text="list-panes\nkill-session\n")


def drive_ending(client, other):
    """What ends panes, clients and the server comes last."""
    for command in ("lock-session", "lock-client", "lock-server"):
        tmux(command)
        client.type("\r")
    start("wait-for", "c")
    for flag in "SLU":
        tmux("wait-for", f"-{flag}", "c", timeout=0.3)
    client.signals()
    for flags in (["-a"], ["-E", "true"], ["-P"]):
        tmux("detach-client", *flags)
        client.drain(0.1)
    client.close()
    other.close()
    again = Client("attach-session", "-d", term="tmux-256color")
    commands = ("unlink-window", "kill-pane", "kill-window", "kill-session")
    for name, flag in itertools.product(commands, ("", "-a", "-k")):
        tmux("new-session", "-d")
        tmux(name, *[flag] * bool(flag))
    again.close()
