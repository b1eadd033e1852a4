/* A program of instructions that are functions; each gives the place of the next. */
struct instruction;
struct machine;

typedef const struct instruction *(*operation)(struct machine *, const struct instruction *);

struct instruction {
	operation run;
	union {
		int number;
		int (*function)(int);
	} operand;
};

struct machine {
	int accumulator;
};

static int increment(int x)
{
	return x + 1;
}

static int doubled(int x)
{
	return 2 * x;
}

static const struct instruction *load(struct machine *m, const struct instruction *pc)
{
	m->accumulator = pc->operand.number;
	return pc + 1;
}

static const struct instruction *apply(struct machine *m, const struct instruction *pc)
{
	m->accumulator = pc->operand.function(m->accumulator); /* -> increment, doubled; closed */
	return pc + 1;
}

static const struct instruction *halt(struct machine *m, const struct instruction *pc)
{
	(void)m, (void)pc;
	return 0;
}

int main(void)
{
	static const struct instruction program[] = {
		{load, {20}},
		{apply, {.function = increment}},
		{apply, {.function = doubled}},
		{halt, {0}},
	};
	const struct instruction *pc = program;
	struct machine machine = {0};

	while (pc)
		pc = pc->run(&machine, pc); /* -> load, apply, halt; closed */
	return machine.accumulator == 42 ? 0 : 1;
}
