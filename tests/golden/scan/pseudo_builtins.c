/* What the compiler expands is no call; what ends in the library is a call of the library. */
typedef __SIZE_TYPE__ size_t;
typedef __builtin_va_list va_list;
int f(int);
int vlog(const char *, va_list);

int variadic(const char *format, ...)
{
	va_list list;
	int n;

	__builtin_va_start(list, format);
	n = __builtin_va_arg(list, int) + vlog(format, list);
	__builtin_va_end(list);
	return n;
}

int main(int argc, char **argv)
{
	char buffer[8];
	int value = 0;

	if (__builtin_expect(f(1), 0))
		__builtin_unreachable();
	__builtin_memcpy(buffer, argv[0], 4);
	__builtin___memcpy_chk(buffer, argv[0], 4, __builtin_object_size(buffer, 0));
	__builtin___snprintf_chk(buffer, 8, 0, 8, "%d", argc);
	__builtin_printf("%s", buffer);
	__builtin___printf_chk(1, "%s", buffer);
	__builtin_prefetch(buffer);
	__sync_fetch_and_add(&value, f(2));
	__atomic_store_n(&value, f(3), __ATOMIC_SEQ_CST);
	value = __builtin_choose_expr(1, f(4), f(5)); /* both are kept: libclang shows no choice */
	value += __builtin_popcount((unsigned)f(6)) + __builtin_abs(f(7));
	if (!__builtin_alloca((size_t)argc))
		__builtin_abort();
	return variadic("%d", 1) + value + (int)__builtin_strlen(argv[0]);
}
