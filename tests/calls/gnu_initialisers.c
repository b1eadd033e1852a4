/* build: -w */
/* Old and odd ways to initialise: `field: value`, `[n] value`, braces around one value, strings in braces. */
typedef int (*function)(int);

struct entry {
	_Static_assert(sizeof(function) == sizeof(void *), "a function's address is an address");
	char name[4];
	struct nested {
		function before;
	} nested;
	enum kind { KIND_A, KIND_B } kind;
	struct {
	} empty;
	function run;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

static struct entry old = {run: one, name: "old"};
static struct entry braced = {{"abc"}, {four}, KIND_B, {}, two};
static struct entry parenthesised = {.name = ("xyz"), .nested = {.before = two}, .run = {four}};
static function indexed[3] = {[1] one, [2] two};
static function alone = {four};
static struct entry empty = {};

int main(void)
{
	int sum = old.run(0); /* -> one, two (may), four (may); closed */

	sum += braced.run(0); /* -> two, one (may), four (may); closed */
	sum += braced.nested.before(0); /* -> four, two (may); closed */
	sum += parenthesised.run(0); /* -> four, one (may), two (may); closed */
	sum += parenthesised.nested.before(0); /* -> two, four (may); closed */
	sum += indexed[1](0); /* -> one, two (may); closed */
	sum += alone(0); /* -> four; closed */
	return sum == 18 && !empty.run ? 0 : 1;
}
