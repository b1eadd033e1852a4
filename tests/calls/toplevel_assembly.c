/* A table that assembly outside of functions makes: no C names what is in it. */
typedef int (*function)(int);

extern const function table[2];
int one(int x);
int two(int x);

__asm__(".section .data.rel.ro,\"aw\"\n"
	".balign 8\n"
	"table: .quad one, two\n"
	".text\n");

int one(int x)
{
	return x + 1;
}

int two(int x)
{
	return x + 2;
}

int main(void)
{
	int sum = table[0](0); /* -> one; sound */

	return sum + table[1](0) == 3 ? 0 : 1; /* -> two; sound */
}
