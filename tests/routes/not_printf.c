/* Negative: conversions of a format, by their character. */
#include <stdarg.h>
#include <stdio.h>

static void put_number(va_list *list)
{
	printf("%d", va_arg(*list, int));
}
static void put_text(va_list *list)
{
	fputs(va_arg(*list, const char *), stdout);
}
static void put_hex(va_list *list)
{
	printf("%x", va_arg(*list, unsigned));
}

static const struct {
	char conversion;
	void (*put)(va_list *list);
} conversions[] = {{'d', put_number}, {'s', put_text}, {'x', put_hex}};

static void say(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	for (; *format; format++) {
		if (*format != '%') {
			putchar(*format);
			continue;
		}
		format++;
		for (size_t i = 0; i < sizeof(conversions) / sizeof(conversions[0]); i++)
			if (conversions[i].conversion == *format)
				conversions[i].put(&list);
	}
	va_end(list);
}

int main(int argc, char **argv)
{
	say(argc > 1 ? argv[1] : "%s has %d arguments, %x\n", argv[0], argc, argc);
	return 0;
}
