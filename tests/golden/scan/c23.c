/* flags: -std=c23 */
/* C23: nullptr, typeof, bool, auto, constexpr, attributes, enums with a type, unnamed parameters. */
enum level : unsigned char { LOW, HIGH };
int f(int), never(int);
[[nodiscard]] int important(enum level);
[[noreturn]] void stop(void);
[[deprecated("use f")]] int old(void);
int empty();
static int unnamed(int, void *)
{
	return 1;
}

int main(void)
{
	constexpr int limit = 10;
	auto x = f(limit);
	typeof(never(1)) y = f(2);
	typeof_unqual(never(2)) z = f(3);
	bool is_set = true;
	void *none = nullptr;
	int (*call)(int) = nullptr;
	static_assert(sizeof(never(4)) == sizeof(int));

	call = f;
	if (important(HIGH) == 0b101 && is_set)
		stop();
	[[maybe_unused]] int w = old() + empty();
	return call(1'000) + unnamed(x + y + z, none);
}
