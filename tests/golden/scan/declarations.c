/* Ways to declare a function other than with a prototype at file scope. */
typedef int fn(int, char *);
typedef fn *pointer;
fn from_typedef;
extern fn also_from_typedef, *not_a_function;
int no_prototype();
int several(int), declared(char *, ...), *at_once(void);
pointer returns_pointer(int);
int (*spelled_out(int))(int, char *);

int main(void)
{
	int local(int), other_local();
	fn local_typedef;

	from_typedef(1, 0);
	also_from_typedef(2, 0);
	not_a_function(3, 0);
	no_prototype(4, 5, 6);
	several(7), declared("", 8), at_once();
	local(9);
	other_local(10);
	local_typedef(11, 0);
	returns_pointer(12)(13, 0);
	spelled_out(14)(15, 0);
	return implicit(16) + implicit(17, 18);
}
