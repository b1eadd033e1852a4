"""Figures with their limits, printed as one table."""


class Table:
    def __init__(self):
        self.rows = []
        self.is_good = True

    def add(self, program, figure, value, limit="", good=None):
        """A row; `good` None: a figure without a limit."""
        self.rows.append((program, figure, str(value), str(limit), "" if good is None else "ok" if good else "NO"))
        self.is_good = self.is_good and good is not False

    def add_most(self, program, figure, value, most, form="{:.3f}"):
        self.add(program, figure, form.format(value), "<= " + form.format(most), value <= most)

    def show(self):
        rows = [("program", "figure", "value", "limit", ""), *self.rows]
        width = [max(len(row[i]) for row in rows) for i in range(5)]
        for row in rows:
            print(f"{row[0]:{width[0]}}  {row[1]:{width[1]}}  {row[2]:>{width[2]}}  {row[3]:>{width[3]}}  {row[4]}".rstrip())
