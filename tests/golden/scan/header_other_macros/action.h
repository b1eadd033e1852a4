/* Compiled with other macros an inline function calls something else: both calls are kept. */
int fast(int), safe(int), always(int);
static inline int act(int x)
{
#ifdef FAST
	return always(fast(x));
#else
	return always(safe(x));
#endif
}
