/* Functions among the variable arguments: until NULL, counted, and one in a struct. */
#include <stdarg.h>
#include <stddef.h>

typedef int (*step)(int);

struct boxed {
	step run;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

static int last(int x)
{
	return x + 8;
}

static int run_all(int start, ...)
{
	va_list list;
	step f;

	va_start(list, start);
	while ((f = va_arg(list, step)))
		start = f(start); /* -> one, two; closed */
	va_end(list);
	return start;
}

static int run_mixed(const char *format, ...)
{
	va_list list;
	int sum = 0;

	va_start(list, format);
	for (; *format; format++) {
		if (*format == 'i')
			sum += va_arg(list, int);
		else if (*format == 'f')
			sum += va_arg(list, step)(sum); /* -> four, last (may); closed */
		else
			sum += va_arg(list, struct boxed).run(sum); /* -> last, four (may); closed */
	}
	va_end(list);
	return sum;
}

int main(void)
{
	int sum = run_all(0, one, two, (step)NULL);

	return sum + run_mixed("ifb", 1, four, (struct boxed){last}) == 23 ? 0 : 1;
}
