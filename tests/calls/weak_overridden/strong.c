int policy(int x);

int policy(int x)
{
	return x + 2;
}

static int from_strong(int x)
{
	return x + 2;
}

int (*chosen)(int) = from_strong;
