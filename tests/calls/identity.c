/* Functions that give back what they get: typed, as void *, through a pointer to it, and out of a struct. */
typedef int (*function)(int);

struct box {
	function content;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static function same(function f)
{
	return f;
}

static void *same_object(void *object)
{
	return object;
}

static struct box wrap(function f)
{
	return (struct box){f};
}

static function unwrap(struct box box)
{
	return box.content;
}

static function *same_place(function *place)
{
	return place;
}

int main(void)
{
	function f = one;
	struct box box = {two};
	int sum = same(one)(0); /* -> same, one, two (may); closed */

	sum += ((struct box *)same_object(&box))->content(0); /* -> same_object, two, one (may); closed */
	sum += unwrap(wrap(same(two)))(0); /* -> same, wrap, unwrap, two, one (may); closed */
	*same_place(&f) = two;
	return sum + f(0) == 7 ? 0 : 1; /* -> two, one (may); closed */
}
