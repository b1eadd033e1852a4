/* flags: -DCLIENT */
/* flags: -DSERVER */
/* One source with two sets of flags is two units. */
int connect_to(int), listen_on(int), both(int);
#ifdef CLIENT
int start(int x)
{
	return both(connect_to(x));
}
#else
int start(int x)
{
	return both(listen_on(x));
}
#endif
int main(void)
{
	return start(1);
}
