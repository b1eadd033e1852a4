/* Two objects decide together: a method that calls the other object's method, which has a table in it. */
enum kind { ROCK, PAPER, NKINDS };

struct thing;

struct thing_ops {
	int (*meet)(const struct thing *self, const struct thing *other);
	int (*met_by[NKINDS])(const struct thing *self);
};

struct thing {
	enum kind kind;
	const struct thing_ops *ops;
};

static int tie(const struct thing *self)
{
	return self->kind;
}

static int wins(const struct thing *self)
{
	return 10 + self->kind;
}

static int loses(const struct thing *self)
{
	return 20 + self->kind;
}

static int meet(const struct thing *self, const struct thing *other)
{
	return other->ops->met_by[self->kind](other); /* -> tie, wins, loses; closed */
}

static const struct thing_ops rock_ops = {meet, {tie, loses}};
static const struct thing_ops paper_ops = {meet, {[ROCK] = wins, [PAPER] = tie}};

int main(void)
{
	struct thing things[] = {{ROCK, &rock_ops}, {PAPER, &paper_ops}};
	int sum = 0;

	for (int i = 0; i < 4; i++)
		sum += things[i / 2].ops->meet(&things[i / 2], &things[i % 2]); /* -> meet; closed */
	return sum == 32 ? 0 : 1;
}
