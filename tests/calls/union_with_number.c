/* A tagged union: a function or a number, and the number's bits are never called. */
struct value {
	enum { NUMBER, FUNCTION, NESTED } tag;
	union {
		long number;
		int (*function)(int);
		const struct value *nested;
	} as;
};

static int call_me(int x)
{
	return x + 1;
}

static int me_too(int x)
{
	return x + 2;
}

static int evaluate(const struct value *value, int x)
{
	switch (value->tag) {
	case NUMBER:
		return (int)value->as.number;
	case FUNCTION:
		return value->as.function(x); /* -> call_me, me_too; closed */
	case NESTED:
		return evaluate(value->as.nested, x + 1);
	}
	return -1;
}

int main(void)
{
	static const struct value inner = {FUNCTION, {.function = call_me}};
	struct value values[] = {{NUMBER, {5}}, {NESTED, {.nested = &inner}}, {FUNCTION, {.function = me_too}}};
	int sum = 0;

	for (int i = 0; i < 3; i++)
		sum += evaluate(&values[i], 0);
	return sum == 9 ? 0 : 1;
}
