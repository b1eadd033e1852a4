/* A function that is used as a value has its address taken, wherever that is written. */
typedef int fn(int);
struct command {
	const char *name;
	fn *run;
	struct {
		fn *hooks[3];
	} more;
};
int in_table(int), in_designator(int), in_range(int), in_literal(int), in_assignment(int);
int in_argument(int), in_return(int), in_comparison(int), in_cast(int), in_condition(int);
int in_local_table(int), in_static_local(int), only_called(int), in_sizeof(int);
int with_address(int);
extern int register_it(fn *, struct command *);

static const struct command commands[] = {
	{"first", in_table, {{0}}},
	{.name = "second", .run = &in_designator, .more.hooks[1] = in_cast},
	[4] = {.more = {.hooks = {[0 ... 1] = in_range}}},
};

fn *get(void)
{
	return in_return;
}

int main(void)
{
	fn *f = in_local_table;
	static fn *g = in_static_local;
	void *raw;

	f = in_assignment;
	raw = (void *)with_address;
	register_it(in_argument, &(struct command){"third", in_literal, {{0}}});
	if (f == in_comparison)
		f = raw ? in_condition : 0;
	return only_called(sizeof(&in_sizeof)) + (commands[0].run == f) + (g != f);
}
