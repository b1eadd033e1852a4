/* Handlers that a switch selects, with a fall-through and a default. */
static int minus(int a, int b)
{
	return a - b;
}

static int plus(int a, int b)
{
	return a + b;
}

static int unknown(int a, int b)
{
	(void)a;
	return b;
}

static int evaluate(char op, int a, int b)
{
	int (*f)(int, int);

	switch (op) {
	case '-':
		f = minus;
		break;
	case 'p':
	case '+':
		f = plus;
		break;
	default:
		f = unknown;
	}
	return f(a, b); /* -> minus, plus, unknown (not run); closed */
}

int main(void)
{
	return evaluate('+', 2, 3) + evaluate('-', 3, 1) == 7 ? 0 : 1;
}
