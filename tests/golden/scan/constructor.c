/* Constructors and destructors are entry points, with a priority, declared apart, or from a macro. */
void shared(void);
static void __attribute__((constructor)) first(void)
{
	shared();
}
__attribute__((constructor(101))) static void early(void)
{
}
void declared_apart(void) __attribute__((constructor));
void declared_apart(void)
{
	shared();
}
#define INIT __attribute__((constructor, used)) static void
INIT from_macro(void)
{
}
static void __attribute__((destructor(200))) last(void)
{
	shared();
}
[[gnu::constructor]] static void bracketed(void)
{
}
int constructor(int x)
{
	return x;
}

int main(void)
{
	return constructor(1);
}
