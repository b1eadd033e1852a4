/* Flags of a function, from wherever they are written. */
#include <stdarg.h>
extern int weak_declared(void) __attribute__((weak));
int __attribute__((weak)) weak_defined(void)
{
	return 1;
}
#pragma weak weak_by_pragma
int weak_by_pragma(void)
{
	return 1;
}
_Noreturn void stop_c11(void);
static _Noreturn void stop_static(void)
{
	stop_c11();
}
int takes_noreturn(void (*)(void) __attribute__((noreturn)));
int __attribute__((__weak__)) weak_spelled(void)
{
	return 1;
}
void stop_gnu(void) __attribute__((__noreturn__));
static inline __attribute__((always_inline)) int small(int x)
{
	return x;
}
int __attribute__((format(printf, 1, 2))) print(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	va_end(list);
	return *format;
}
int __attribute__((section("weak"), visibility("default"))) in_section(void)
{
	return 1;
}
int __attribute__((deprecated("alias(\"x\") constructor"))) misleading(void)
{
	return 1;
}

int main(void)
{
	if (weak_declared && weak_declared())
		stop_c11();
	if (weak_defined() + weak_by_pragma() + in_section() + misleading())
		stop_gnu();
	if (weak_spelled() && takes_noreturn(stop_gnu))
		stop_static();
	return small(1) + print("%d", 2);
}
