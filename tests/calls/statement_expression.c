/* ({ … }): its value is that of its last statement, whatever is assigned before. */
#define max_of(a, b) ({ __auto_type a_ = (a); __auto_type b_ = (b); compare(a_, b_) ? a_ : b_; })

typedef int (*function)(int);

static int low(int x)
{
	return x + 1;
}

static int high(int x)
{
	return x + 2;
}

static int compare(function a, function b)
{
	return a(0) > b(0); /* -> low, high; closed */
}

int main(void)
{
	function f = ({ function other = high; (void)other; low; });
	int sum = f(0); /* -> low, high (may); closed */

	sum += ({ function g = f; (void)g(0); high; })(0); /* -> low, high; closed */
	f = max_of(low, high);
	sum += compare(high, low);
	return sum + f(0) == 6 ? 0 : 1; /* -> high, low (may); closed */
}
