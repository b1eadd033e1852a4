/* States that are functions and give the next state, wrapped in a struct as C needs it. */
struct state {
	struct state (*step)(int *input);
};

static struct state begin(int *input);
static struct state middle(int *input);
static struct state end(int *input);

static struct state begin(int *input)
{
	return (struct state){*input > 2 ? middle : end};
}

static struct state middle(int *input)
{
	--*input;
	return (struct state){begin};
}

static struct state end(int *input)
{
	(void)input;
	return (struct state){0};
}

int main(void)
{
	struct state state = {begin};
	int input = 4;

	while (state.step)
		state = state.step(&input); /* -> begin, middle, end; closed */
	return input == 2 ? 0 : 1;
}
