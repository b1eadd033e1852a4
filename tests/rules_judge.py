"""The outside judge of the shipped rules: the prototypes in the headers that are installed.

rules_judge.py PCARCH RULES_DIR    every argument that a rule speaks of is what the rule says
Prints one line a rule file; exit 1 when a rule is wrong. Headers that are missing are passed over.
"""
import json
import os
import subprocess
import sys
import tempfile

LIBC = """aio argp argz arpa/inet arpa/nameser assert ctype dirent dlfcn link endian envz err errno error execinfo
fcntl fmtmsg fnmatch fstab fts ftw getopt glob gnu/libc-version grp gshadow iconv ifaddrs inttypes langinfo
libgen libintl locale malloc math mcheck mntent monetary mqueue netdb netinet/in netinet/ether net/if nl_types
obstack poll printf pthread pty pwd regex resolv sched search semaphore setjmp shadow signal spawn stdio
stdio_ext stdlib string strings sys/epoll sys/eventfd sys/file sys/inotify sys/ioctl sys/ipc sys/mman sys/mount
sys/msg sys/prctl sys/random sys/resource sys/select sys/sem sys/sendfile sys/shm sys/signalfd sys/socket sys/stat
sys/statfs sys/statvfs sys/sysinfo sys/time sys/timerfd sys/times sys/uio sys/utsname sys/wait sys/xattr syslog
termios threads time uchar ucontext ulimit unistd unwind utime utmp utmpx wchar wctype wordexp""".split()

HEADERS = {
    "libc": [name + ".h" for name in LIBC],
    "curl": ["curl/curl.h"],
    "expat": ["expat.h"],
    "libevent": ["event2/event.h", "event2/event_compat.h", "event2/event_struct.h", "event2/buffer.h",
                 "event2/bufferevent.h", "event2/http.h", "event2/listener.h", "event2/dns.h", "event2/thread.h",
                 "event2/rpc.h", "event2/util.h", "event2/dns_compat.h", "event2/bufferevent_compat.h",
                 "event2/buffer_compat.h"],
    "microhttpd": ["microhttpd.h"],
    "ncurses": ["ncurses.h", "form.h", "menu.h", "panel.h", "term.h"],
    "openssl": ["openssl/ssl.h", "openssl/engine.h", "openssl/ui.h", "openssl/store.h", "openssl/provider.h",
                "openssl/async.h", "openssl/dsa.h", "openssl/err.h", "openssl/rand.h"],
    "libpq": ["libpq-fe.h"],
    "libssh2": ["libssh2.h"],
    "libxml2": ["libxml/parser.h", "libxml/HTMLparser.h", "libxml/xmlreader.h", "libxml/hash.h", "libxml/list.h",
                "libxml/xpath.h", "libxml/relaxng.h", "libxml/xmlschemas.h", "libxml/xmlregexp.h"],
    "python": ["Python.h"],
    "rabbitmq": ["amqp.h", "amqp_tcp_socket.h", "amqp_ssl_socket.h"],
    "readline": ["stdio.h", "readline/readline.h", "readline/history.h"],
    "sqlite": ["sqlite3.h"],
    "zlib": ["zlib.h", "bzlib.h", "lzma.h"],
    "civetweb": ["civetweb.h"],
    "dbus": ["dbus/dbus.h"],
    "fuse": ["fuse3/fuse.h", "fuse3/fuse_lowlevel.h"],
    "glib": ["glib.h", "gio/gio.h", "glib-unix.h", "gmodule.h"],
    "libarchive": ["archive.h"],
    "libedit": ["histedit.h"],
    "libev": ["ev.h"],
    "libnl": ["netlink/netlink.h", "netlink/handlers.h", "netlink/socket.h"],
    "libusb": ["libusb-1.0/libusb.h"],
    "libuv": ["uv.h"],
    "lua": ["lua5.4/lua.h", "lua5.4/lauxlib.h"],
    "napi": ["node/node_api.h"],
    "nghttp2": ["nghttp2/nghttp2.h"],
    "pam": ["security/pam_appl.h", "security/pam_modules.h"],
    "pcap": ["pcap/pcap.h"],
    "systemd": ["systemd/sd-bus.h", "systemd/sd-event.h", "systemd/sd-device.h"],
}
PACKAGES = {"dbus": "dbus-1", "glib": "gio-2.0 gmodule-2.0", "libnl": "libnl-3.0", "libpq": "libpq",
            "libxml2": "libxml-2.0", "python": "python3", "fuse": "fuse3", "lua": "lua5.4"}
# In the rules, but not in the headers of glibc 2.36: other C libraries, other versions, what macros call, and
# what is renamed.
NOT_IN_GLIBC = set("""memset_explicit reallocf recallocarray strlcpy strlcat wcslcpy wcslcat free_sized
free_aligned_sized arc4random_buf freezero strtonum setproctitle setprogname timespec_getres closefrom strmode
vis strvis pidfile_write getprogname fgetln fparseln strnstr heapsort mergesort qsort_s bsearch_s sigvec
bsd_signal set_constraint_handler_s funopen __clone _pthread_cleanup_push _pthread_cleanup_push_defer
__cxa_atexit __cxa_at_quick_exit __cxa_thread_atexit_impl pthread_mutex_consistent_np
pthread_mutexattr_getrobust_np pthread_mutexattr_setrobust_np __posix_getopt __xpg_sigpause""".split())


def names_of(value):
    return [value] if isinstance(value, str) else value


def flags_of(library):
    flags = os.environ.get("RULES_CFLAGS", "").split()
    if library in PACKAGES:
        found = subprocess.run(["pkg-config", "--cflags", *PACKAGES[library].split()], capture_output=True, text=True)
        flags += found.stdout.split() if found.returncode == 0 else []
    return flags + ["-DFUSE_USE_VERSION=35", "-D_FILE_OFFSET_BITS=64"] * (library == "fuse")


def prototypes(pcarch, headers, names, flags):
    """The canonical signatures of those that the headers declare; {} without the headers."""
    with tempfile.TemporaryDirectory() as where:
        path = os.path.join(where, "uses.c")
        with open(path, "w", encoding="utf-8") as out:
            out.write("#define _GNU_SOURCE\n#include <stdio.h>\n#include <stdlib.h>\n#include <stdarg.h>\n#include <string.h>\n#include <sys/types.h>\n")
            out.write("#define obstack_chunk_alloc malloc\n#define obstack_chunk_free free\n")
            out.writelines(f"#include <{header}>\n" for header in headers)
            out.write("#undef basename\n")
            out.writelines(f"void *use_{i}(void);\nvoid *use_{i}(void) {{ return (void *)({name}); }}\n"
                           for i, name in enumerate(names))
        result = os.path.join(where, "static.json")
        done = subprocess.run([pcarch, "scan", "--no-cache", "-q", "--allow-partial", "-o", result, path, "--",
                               "-ferror-limit=0", "-w", *flags], capture_output=True, text=True, cwd=where)
        if done.returncode != 0:
            sys.exit(f"pcarch scan: {done.stderr}")
        with open(result, encoding="utf-8") as stream:
            trace = json.load(stream)
    lost = [d for u in trace["units"] for d in u.get("diagnostics", []) if d["severity"] == "fatal"]
    if lost:
        return {}
    return {f["function"]: f["signature"] for f in trace["functions"]
            if f["type"] == "external" and "signature" in f}


def split(text):
    parts, depth, part = [], 0, ""
    for c in text:
        depth += c in "([" or 0
        depth -= c in ")]" or 0
        if c == "," and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += c
    return [p for p in parts + [part.strip()] if p and p != "void"]


def take_apart(signature):
    """Result, parameters, whether more may follow. Of "void (*(int))(int)": a function's result is a function."""
    if "(*(" in signature:
        start = signature.index("(*(") + 2
        result = "void (*)"
    else:
        start = signature.index("(")
        result = signature[:start].strip()
    depth = 0
    for end in range(start, len(signature)):
        depth += (signature[end] == "(") - (signature[end] == ")")
        if depth == 0:
            break
    parameters = split(signature[start + 1:end])
    variadic = parameters[-1:] == ["..."]
    return result, parameters[:-1] if variadic else parameters, variadic


def is_function(parameter):
    return "(*" in parameter and "(**" not in parameter


def callback_parameters(parameter):
    start = parameter.index("(", parameter.index("(*") + 2)
    return split(parameter[start + 1:parameter.rindex(")")])


def is_pointer(parameter):
    return "*" in parameter or "[" in parameter or "va_list" in parameter


class Rule:
    def __init__(self, rule, name, signature):
        self.rule, self.name, self.signature, self.problems = rule, name, signature, []
        self.result, self.parameters, self.variadic = take_apart(signature)

    def expect(self, is_so, what):
        if not is_so:
            self.problems.append(f"{self.name}: {what}: {self.signature}")
        return is_so

    def argument(self, index, what, pointer=True):
        """The parameter, where there is one; a variadic function may have more."""
        if index >= len(self.parameters):
            self.expect(self.variadic, f"{what}: there is no argument {index}")
            return None
        if pointer:
            self.expect(is_pointer(self.parameters[index]) or "ENTRY" in self.parameters[index] or
                        "entry" in self.parameters[index] or "_t" in self.parameters[index],
                        f"{what}: argument {index} is no pointer")
        return self.parameters[index]

    def value(self, value, what):
        if isinstance(value, int) and not isinstance(value, bool):
            self.argument(value, what, pointer=False)
        elif isinstance(value, dict) and "argument" in value:
            self.argument(value["argument"], what)

    def handler(self, handler, arguments, alone):
        parameter = self.argument(handler, "handler")
        if parameter is None or parameter == "void *":
            return
        if not self.expect(is_function(parameter), f"argument {handler} is no function"):
            return
        parameters = callback_parameters(parameter)
        if not parameters or parameters[-1] == "...": # makecontext's function is declared so, too
            return
        if alone and arguments is not None:
            self.expect(len(arguments) == len(parameters),
                        f"handler {handler} has {len(parameters)} parameters, the rule {len(arguments)}")
        for index, value in enumerate((arguments or [])[:len(parameters)]):
            if value is not None and not (isinstance(value, dict) and "slot" in value):
                self.expect(is_pointer(parameters[index]) or value == "unknown",
                            f"parameter {index} of handler {handler} is no pointer")
            self.value(value, f"parameter {index} of handler {handler}")

    def check(self):
        rule, handled = self.rule, set()
        handlers = rule.get("handler", [])
        shared = isinstance(handlers, list) and len([h for h in handlers if isinstance(h, int)]) > 1
        shared = shared or len(names_of(rule["call"])) > 1
        for handler in handlers if isinstance(handlers, list) else [handlers]:
            own = isinstance(handler, dict)
            index = handler["argument"] if own else handler
            arguments = handler.get("arguments") if own else rule.get("arguments")
            handled.add(index)
            self.handler(index, arguments, own or not shared)
        for index in rule.get("roles", {}):
            handled.add(int(index))
            self.handler(int(index), None, False)
        for index, parameter in enumerate(self.parameters):
            self.expect(rule.get("keeps", True) or index in handled or not is_function(parameter),
                        f"argument {index} is a function, and the rule does not speak of it")
        for to, source in rule.get("copies", []):
            self.argument(to, "copies")
            self.argument(source, "copies")
        for index, value in rule.get("fills", {}).items():
            self.argument(int(index), "fills")
            self.value(value, "fills")
        for slot, index in rule.get("stores", {}).items():
            self.argument(index, f"stores {slot}")
        for key in ("name", "symbol"):
            if key in rule:
                self.argument(rule[key], key, pointer=key == "symbol")
        returns = rule.get("returns")
        self.expect(returns is None or is_pointer(self.result) or returns == "unknown" or self.result.endswith("_t"),
                    "'returns' of what is no pointer")
        self.expect(returns is not None or "returns" not in rule or not is_pointer(self.result),
                    "the result is a pointer, and 'returns' null")
        self.value(returns, "returns")
        return self.problems


def judge(pcarch, path):
    library = os.path.basename(path)[:-len(".json")]
    with open(path, encoding="utf-8") as stream:
        document = json.load(stream)
    rules = [(rule, name) for section in ("calls", "registrations") for rule in document.get(section, [])
             for name in names_of(rule["call"])]
    if library not in HEADERS or not rules:
        print(f"{library}: no headers to compare with")
        return []
    known = prototypes(pcarch, HEADERS[library], [name for _, name in rules], flags_of(library))
    problems = [p for rule, name in rules if name in known for p in Rule(rule, name, known[name]).check()]
    missing = sorted({name for _, name in rules if name not in known})
    if not known:
        print(f"{library}: its headers are not installed")
        return []
    if library == "libc":
        problems += [f"{name}: not declared by glibc" for name in missing 
                     if name not in NOT_IN_GLIBC and not name.startswith("__isoc")]
    print(f"{library}: {len(rules) - len(missing)} of {len(rules)} functions compared")
    if os.environ.get("RULES_MISSING"):
        print("   ", *missing)
    return problems


def main():
    pcarch, folder = (os.path.abspath(path) for path in sys.argv[1:])
    problems = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            problems += judge(pcarch, os.path.join(folder, name))
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


main()
