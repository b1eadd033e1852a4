/* A call of an ifunc is one of what its resolver returns; it is no function of its own. */
static int slow(int x)
{
	return x;
}
static int fast(int x)
{
	return x + 1;
}
static int (*resolve_work(void))(int)
{
	return __builtin_cpu_supports("avx2") ? fast : slow;
}
int work(int) __attribute__((ifunc("resolve_work")));

int main(void)
{
	return work(1);
}
