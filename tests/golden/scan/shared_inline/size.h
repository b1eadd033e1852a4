/* An inline function of a header is one function, however many units hold it. */
int measure(int);
static inline int size(int x)
{
	return measure(x);
}
static inline int unused_here(int x)
{
	return size(x);
}
