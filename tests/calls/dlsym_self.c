/* build: -rdynamic -ldl */
/* The program looks up its own functions, by a name in a table: one constant step away, but a set. */
#include <dlfcn.h>
#include <stddef.h>

int command_a(int x);
int command_b(int x);

int command_a(int x)
{
	return x + 1;
}

int command_b(int x)
{
	return x + 2;
}

static const char *const names[] = {"command_a", "command_b"};

int main(void)
{
	int (*literal)(int) = (int (*)(int))dlsym(RTLD_DEFAULT, "command_a");
	int sum = 0;

	if (!literal)
		return 1;
	for (int i = 0; i < 2; i++) {
		int (*f)(int) = (int (*)(int))dlsym(RTLD_DEFAULT, names[i]);

		sum += f ? f(0) : 100; /* -> command_a, command_b; sound */
	}
	return sum + literal(0) == 4 ? 0 : 1; /* -> command_a; found */
}
