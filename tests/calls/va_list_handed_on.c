/* A va_list that goes down to another function, and a copy of one that is read twice. */
#include <stdarg.h>

typedef int (*step)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int vrun(int count, va_list list)
{
	va_list again;
	int sum = 0;

	va_copy(again, list);
	for (int i = 0; i < count; i++)
		sum += va_arg(list, step)(0); /* -> one, two; closed */
	for (int i = 0; i < count; i++) {
		step f = va_arg(again, step);

		sum += f(0); /* -> one, two; closed */
	}
	va_end(again);
	return sum;
}

static step vfirst(va_list *list)
{
	return va_arg(*list, step);
}

static int run(int count, ...)
{
	va_list list;
	int sum;

	va_start(list, count);
	sum = vrun(count, list);
	va_end(list);
	va_start(list, count);
	sum += vfirst(&list)(0); /* -> vfirst, one, two (may); closed */
	va_end(list);
	return sum;
}

int main(void)
{
	return run(2, one, two) == 7 ? 0 : 1;
}
