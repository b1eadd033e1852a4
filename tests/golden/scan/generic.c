/* _Generic: one association is compiled; the controlling expression never runs. Where associations have
 * the same type, as in the last line, libclang does not tell which one it is: all are kept. */
int of_int(int), of_double(double), of_pointer(const void *), other(void);
int probe(void);

#define print(x) _Generic((x), int: of_int, double: of_double, default: of_pointer)(x)

int main(void)
{
	int i = 1;
	double d = 2;

	print(i);
	print(d);
	print("text");
	_Generic(probe(), int: of_int, default: of_pointer)(3);
	_Generic(i, int: other(), double: (void)of_double(d));
	return _Generic(d, int: of_int(i), double: of_double(d));
}
