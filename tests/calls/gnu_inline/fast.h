/* GNU's extern inline: this body is for inlining alone; the function itself is defined elsewhere. */
extern inline __attribute__((gnu_inline)) int twice(int x)
{
	return x + x;
}

typedef int (*function)(int);
