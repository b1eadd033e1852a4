/* __attribute__((cleanup)): a call at the end of each scope, in which a function is called by pointer. */
struct guard {
	void (*release)(int *);
	int *value;
};

static void decrease(int *value)
{
	--*value;
}

static void reset(int *value)
{
	*value = 0;
}

static void guard_end(struct guard *guard)
{
	guard->release(guard->value); /* -> decrease, reset; closed */
}

#define guarded __attribute__((cleanup(guard_end))) struct guard

int main(void)
{
	int value = 5;

	for (int i = 0; i < 2; i++) {
		guarded guard = {decrease, &value};

		if (i)
			continue;
	}
	if (value != 3)
		return 1;
	{
		guarded guard = {reset, &value};
	}
	return value;
}
