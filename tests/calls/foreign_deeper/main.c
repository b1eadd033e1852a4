/* Our functions come to a library on long ways, and it calls them with functions: nothing here names those. */
#include "foreign.h"

static int kept(int x)
{
	return x + 1;
}

static int initial(int x)
{
	return x + 100;
}

static int given_to_result(function f)
{
	return f(0); /* -> kept (run only); open +extra */
}

static int given_by_callback(function f)
{
	return f(0); /* -> kept (run only); open +extra */
}

static int given_in_methods(function f)
{
	return f(0); /* -> kept (run only); open +extra */
}

static int given_in_config(function f)
{
	return f(0); /* -> kept (run only); open +extra */
}

static taker provide(void)
{
	return given_by_callback;
}

static const struct methods methods = {given_in_methods};
static function patched = initial;

int main(void)
{
	struct handle *handle;
	struct owner owner = {&methods};
	struct reference reference = {&patched};
	struct {
		taker take;
	} config = {given_in_config};
	int sum;

	foreign_keep(kept);
	sum = foreign_caller()((function)(void *)given_to_result); /* -> foreign_caller, given_to_result (run only); open +extra */
	sum += foreign_use(provide); /* -> foreign_use, provide (run only), given_by_callback (run only); sound */
	if (foreign_open(&handle))
		return 1;
	sum += handle->run(0); /* -> kept (run only); open +extra */
	sum += foreign_methods(&owner); /* -> foreign_methods, given_in_methods (run only); sound */
	foreign_patch(&reference);
	sum += patched(0); /* -> kept (run only), initial (may); open +extra */
	sum += foreign_configure(&config); /* -> foreign_configure, given_in_config (run only); sound */
	return sum == 6 ? 0 : 1;
}
