/* What stands in the callee's place of an indirect call. */
typedef int fn(int);
struct ops {
	fn *read;
	struct {
		fn *nested;
	};
	union {
		fn *either;
		void *raw;
	};
	struct inner {
		fn *deep;
		fn *many[2];
	} inner;
};
int a(int), b(int);
fn *choose(int);
fn **table_of(void);
fn *global = a;
static fn *const file_global = b;
fn *globals[] = {a, b};
struct ops ops_table[2];

int main(int argc, char **argv)
{
	fn *local = argc > 1 ? a : b, *locals[2] = {a, b};
	struct ops ops = {.read = a}, *p = &ops;
	void *raw = argv;

	local(1);
	(*local)(2);
	locals[argc](3);
	global(4);
	(*file_global)(5);
	globals[1](6);
	(*globals)(7);
	p->read(8);
	ops.nested(9);
	p->either(10);
	(*p->inner.deep)(11);
	p->inner.many[0](12);
	ops_table[1].read(13);
	choose(14)(15);
	(argc ? a : b)(16);
	(argc ? local : global)(17);
	table_of()[0](18);
	((fn *)raw)(19);
	(*(fn **)raw)(20);
	(argc, p->read)(21);
	(local ?: global)(22);
	((fn *[]){a, b})[argc](23);
	(*(struct ops){.read = a}.read)(24);
	_Generic(argc, int: local, default: 0)(25);
	({ p->read; })(26);
	(local = global)(27);
	(*&local)(28);
	p->inner.many[argc ? 0 : 1](29);
	(&ops_table[1])->read(30);
	return 0;
}

int through(fn f, fn *g, fn *const *h, int n)
{
	static fn *kept;

	kept = g;
	f(1);
	g(2);
	h[n](3);
	(*h)(4);
	return kept(5);
}
