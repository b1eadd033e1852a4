/* Functions in a section of their own, called between the symbols that the linker puts around it. */
typedef int (*initcall)(int);

struct test {
	const char *name;
	int (*run)(int);
};

#define INITCALL(function) \
	static const initcall initcall_##function \
		__attribute__((used, section("initcalls"))) = function
#define TEST(function) \
	static const struct test test_##function \
		__attribute__((used, section("tests"), aligned(8))) = {#function, function}

extern const initcall __start_initcalls[], __stop_initcalls[];
extern const struct test __start_tests[], __stop_tests[];

static int first(int x)
{
	return x + 1;
}
INITCALL(first);

static int second(int x)
{
	return x + 2;
}
INITCALL(second);

static int checked(int x)
{
	return x + 4;
}
TEST(checked);

int main(void)
{
	int sum = 0;

	for (const initcall *call = __start_initcalls; call < __stop_initcalls; call++)
		sum += (*call)(0); /* -> first, second; sound */
	for (const struct test *test = __start_tests; test < __stop_tests; test++)
		sum += test->run(0); /* -> checked; sound */
	return sum == 7 ? 0 : 1;
}
