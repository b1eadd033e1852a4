/* Defaults that a later assignment replaces, in a global struct and through a function that sets it. */
struct log {
	int (*write)(int);
	int (*flush)(int);
};

static int quiet(int x)
{
	return x;
}

static int loud(int x)
{
	return x + 10;
}

static struct log log_default = {.write = quiet, .flush = quiet};

static void log_set(struct log *log, int (*write)(int))
{
	if (write)
		log->write = write;
}

static int log_write(int x)
{
	return log_default.write(x) + log_default.flush(0); /* -> quiet, loud; closed */
}

int main(void)
{
	int before = log_write(1);

	log_set(&log_default, 0);
	log_set(&log_default, loud);
	return before + log_write(1) == 12 ? 0 : 1;
}
