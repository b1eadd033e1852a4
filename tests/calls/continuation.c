/* Callbacks that are handed what to call next: functions flow through calls by pointer. */
typedef int (*done)(int result);
typedef int (*step)(int value, done done);

static int finish(int result)
{
	return result + 1;
}

static int report(int result)
{
	return result + 2;
}

static int direct(int value, done done)
{
	return done(value); /* -> finish, report; closed */
}

static int twice(int value, done done)
{
	return direct(value, done) + done(value); /* -> direct, finish, report (may); closed */
}

static int start(step step, done done)
{
	return step(10, done); /* -> direct, twice; closed */
}

int main(void)
{
	return start(twice, finish) + start(direct, report) == 34 ? 0 : 1;
}
