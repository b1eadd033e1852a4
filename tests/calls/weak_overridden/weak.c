int policy(int x);
int kept(int x);

__attribute__((weak)) int policy(int x)
{
	return x + 100;
}

__attribute__((weak)) int kept(int x)
{
	return x + 1;
}

static int from_weak(int x)
{
	return x + 100;
}

__attribute__((weak)) int (*chosen)(int) = from_weak;
