/* A typedef of a function type declares functions, parameters that are pointers, and struct members. */
typedef int operation(int);
typedef operation *operation_pointer;
typedef operation_pointer alias;
typedef const alias constant_alias;

struct user {
	operation *run;
	constant_alias again;
};

operation declared_so;
static operation hidden;

static int call(operation f, int g(int))
{
	return f(1) + 10 * g(2); /* -> declared_so, hidden; closed */
}

int main(void)
{
	struct user user = {declared_so, hidden};
	alias f = hidden;
	int sum = user.run(0); /* -> declared_so; closed */

	sum += user.again(0); /* -> hidden; closed */
	sum += f(0); /* -> hidden; closed */
	return sum + call(declared_so, hidden) == 47 ? 0 : 1;
}

int declared_so(int x)
{
	return x + 1;
}

static int hidden(int x)
{
	return x + 2;
}
