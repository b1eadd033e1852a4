/* GNU's [low ... high]: a default for all, then what differs; what is overridden is never called. */
typedef int (*opcode)(int);

enum op { OP_NOP, OP_PUSH, OP_POP, OP_HALT, NOPS = 16 };

static int undefined(int x)
{
	return x;
}

static int push(int x)
{
	return x + 1;
}

static int pop(int x)
{
	return x - 1;
}

static int replaced(int x)
{
	return x + 100;
}

#pragma GCC diagnostic ignored "-Woverride-init"
static opcode opcodes[NOPS] = {
	[0 ... NOPS - 1] = undefined,
	[OP_PUSH] = replaced,
	[OP_PUSH] = push,
	pop,
};

int main(void)
{
	int sum = 0;

	for (int i = 0; i < NOPS; i++)
		sum = opcodes[i](sum); /* -> undefined, push, pop, replaced (may); closed */
	return sum;
}
