/* A function handed on through forty functions, and given back through as many. */
typedef int (*function)(int);

static int target(int x)
{
	return x + 1;
}

static function hop0(function f)
{
	return f;
}

#define HOP(n, below) \
	static function hop##n(function f) \
	{ \
		return hop##below(f); \
	}
#define TEN(a, b) \
	HOP(a##1, b) HOP(a##2, a##1) HOP(a##3, a##2) HOP(a##4, a##3) HOP(a##5, a##4) \
	HOP(a##6, a##5) HOP(a##7, a##6) HOP(a##8, a##7) HOP(a##9, a##8) HOP(a##10, a##9)

TEN(a, 0)
TEN(b, a10)
TEN(c, b10)
TEN(d, c10)

int main(void)
{
	function f = hopd10(target);

	return f(0) == 1 ? 0 : 1; /* -> target; closed */
}
