/* Operands that never run: no call of never() happens. */
typedef unsigned long size;
int never(int), once(int);

int main(void)
{
	size a = sizeof(never(1)) + sizeof never(2) + _Alignof(__typeof__(never(3)));
	__typeof__(never(4)) b = once(1);
	__typeof__(once) *pointer = once;
	__typeof__(never(11)) array[3] = {once(2)};
	int c = __builtin_constant_p(never(5)) ? once(3) : 0;
	size d = __builtin_object_size((void *)(size)never(6), 0);
	int e = (__typeof__(never(7)))once(4);
	size f = __builtin_offsetof(struct { int x, y; }, y);
	_Static_assert(sizeof(never(9)) == sizeof(int), "");
	int h = _Generic(never(10), int: once(5), default: (void *)(unsigned long)never(12));
	int *i = (__typeof__(never(13))[]){once(6), once(7)};

	return (int)(a + b + c + d + e + f + h + array[0] + *i + (pointer != 0));
}
