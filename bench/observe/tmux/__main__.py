"""Drive tmux through all that it has: commands and flags, options, formats, copy mode, menus, keys, escape sequences.

Run in the tree, beside an observed ./tmux; the server has a socket and a configuration of its own. What it must do
is taken from its own lists and tables, so that another version is driven as well.
"""
import os
import signal
import sys
import tempfile

from commands import (
    drive_commands, drive_control, drive_copy_mode, drive_ending, drive_formats, drive_options, drive_windows,
)
from escapes import drive_escapes
from keyboard import drive_keys, drive_modes, drive_overlays, drive_prompts
from terminal import PANE, Client, tmux

FEATURES = (
    "256,clipboard,ccolour,cstyle,extkeys,focus,margins,mouse,overline,rectfill,RGB,strikethrough,sync,title,usstyle"
)


def write_pane(directory):
    with open(f"{directory}/pane", "w", encoding="utf-8") as stream:
        stream.write(PANE)
    os.chmod(f"{directory}/pane", 0o700)
    return f"{directory}/pane"


def drive(directory):
    pane = write_pane(directory)
    tmux("-V")
    tmux("-2", "-u", "-T", FEATURES, "set-option", "-g", "default-command", pane, ";", "set-option", "-s", "exit-empty",
         "off", ";", "new-session", "-d", "-s", "first", "-x", "100", "-y", "30")
    client = Client("-2", "-u", "-T", FEATURES, "attach-session")
    client.drain(0.3)
    client.answer()
    other = Client("attach-session", "-t", "first", term="vt100", size=(20, 60))
    with_client = [drive_keys, drive_modes, drive_prompts, drive_overlays, drive_copy_mode, drive_commands]
    steps = [lambda: drive_windows(client, directory), lambda: drive_escapes(directory), drive_control, drive_formats]
    for step in steps + [lambda drive=drive: drive(client) for drive in with_client] + [drive_options]:
        client.keep()
        print(tmux("list-sessions"), flush=True)
        step()
        other.drain()
    drive_ending(client, other)


def main():
    os.environ.pop("TMUX", None)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # detach-client -P sends it to the client's parent
    with tempfile.TemporaryDirectory(prefix="observe-tmux.") as directory:
        os.environ["TMUX_TMPDIR"] = directory
        os.chdir(directory)  # where -v leaves its logs
        try:
            drive(directory)
        finally:
            tmux("kill-server")
    return 0


if __name__ == "__main__":
    sys.exit(main())
