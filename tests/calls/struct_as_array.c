/* build: -fno-strict-aliasing */
/* A struct of functions walked as if it were an array of them, as tables of hooks are. */
typedef int (*hook)(int);

struct hooks {
	hook open;
	hook read;
	hook close;
};

static int do_open(int x)
{
	return x + 1;
}

static int do_read(int x)
{
	return x + 2;
}

static int do_close(int x)
{
	return x + 4;
}

static int missing(int x)
{
	return x + 8;
}

int main(void)
{
	struct hooks hooks = {do_open, do_read, 0};
	struct hooks filled = {0};
	hook *all = (hook *)&hooks, *places = (hook *)&filled;
	int sum = 0;

	for (unsigned i = 0; i < sizeof(hooks) / sizeof(hook); i++) {
		if (!all[i])
			all[i] = missing;
		sum += all[i](0); /* -> do_open, do_read, missing, do_close (may); sound */
	}
	places[2] = do_close;
	sum += hooks.close(0); /* -> missing, do_open (may), do_read (may), do_close (may); sound */
	return sum + filled.close(0) == 23 ? 0 : 1; /* -> do_close, do_open (may), do_read (may), missing (may); sound */
}
