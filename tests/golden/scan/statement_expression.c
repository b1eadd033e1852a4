/* GNU statement expressions: their calls are calls of the function around them, and their value can
 * be a callee. */
int f(int), g(int);
void log_it(void);

#define MAX(a, b) ({ int _a = (a), _b = (b); _a > _b ? _a : _b; })

int main(void)
{
	int x = ({
		log_it();
		f(1);
	});

	x += MAX(f(2), g(3));
	return ({ log_it(); f; })(x);
}
