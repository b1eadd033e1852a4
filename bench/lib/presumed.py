"""Where a line of a generated file stands by its #line directives, which compilers go by and pcarch does not."""
import bisect
import os
import re
import sys


class Presumed:
    LINE = re.compile(r'^\s*#\s*(?:line\s+)?(\d+)\s+"([^"]*)"')

    def __init__(self):
        self.files = {}

    def directives(self, path):
        """(physical line after it, line it gives, file it gives) of each directive."""
        if path not in self.files:
            rows = []
            try:
                with open(path, encoding="utf-8", errors="replace") as stream:
                    for number, text in enumerate(stream, 2):
                        at = self.LINE.match(text)
                        if at:
                            file = os.path.realpath(os.path.join(os.path.dirname(path), at[2]))
                            rows.append((number, int(at[1]), file))
            except OSError:
                pass
            self.files[path] = rows
        return self.files[path]

    def place(self, path, line):
        rows = self.directives(path)
        index = bisect.bisect_right(rows, (line, sys.maxsize)) - 1
        if index < 0:
            return path, line
        start, given, file = rows[index]
        return file, given + line - start
