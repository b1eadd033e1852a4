"""A tmux of its own, observed: commands to it, and terminals in which its clients run."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios

TREE = os.getcwd()
TMUX = [f"{TREE}/tmux", "-L", f"observe-{os.getpid()}", "-f", "/dev/null"]
# What runs in a pane: it echoes, and no key ends it.
PANE = "#!/bin/sh\ntrap '' INT QUIT TSTP\nwhile :; do cat; done\n"


def tmux(*arguments, timeout=3, text=None):
    """Run one command; what it printed. Some wait for a key: they are left after `timeout` seconds."""
    try:
        done = subprocess.run(
            [*TMUX, *arguments], capture_output=True, encoding="utf-8", errors="replace", timeout=timeout,
            check=False, input=text,
        )
        return done.stdout
    except subprocess.TimeoutExpired:
        return ""


def start(*arguments):
    """The same, without waiting for it."""
    return subprocess.Popen(
        [*TMUX, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def source_names(file, pattern):
    """Names in tmux's own tables."""
    with open(f"{TREE}/{file}", encoding="utf-8", errors="replace") as stream:
        return sorted(set(re.findall(pattern, stream.read())))


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

    def mouse(self, *events):
        """(button, column, line): a press, or with "m" at the end a release."""
        self.type(*(f"\033[<{e[0]};{e[1]};{e[2]}{'m' if e[3:] else 'M'}" for e in events))

    def answer(self):
        """What a terminal says when it is asked what it is."""
        self.type("\033[?62;4;22c", "\033[>41;330;0c", "\033P>|XTerm(330)\033\\", "\033[I", "\033[O", "\033[I")
        self.type("\033]11;rgb:0000/0000/0000\033\\", "\033]52;c;aGVsbG8=\007", "\033[200~pasted text\033[201~")

    def signals(self):
        """Those that the server and a client act on."""
        for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGCHLD, signal.SIGUSR2):
            if self.server:
                os.kill(self.server, number)
            self.drain()
        tmux("suspend-client")
        self.drain(0.1)
        for number in (signal.SIGCONT, signal.SIGWINCH):
            os.kill(self.pid, number)
            self.drain()

    def close(self):
        try:
            os.close(self.fd)
            os.waitpid(self.pid, 0)
        except (OSError, ChildProcessError):
            pass
