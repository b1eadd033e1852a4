/* Two dimensions: by state and by event, partly filled, and handed on as a pointer to rows. */
typedef int (*action)(int);

enum { IDLE, RUNNING, NSTATES };
enum { GO, HALT, NEVENTS };

static int start(int x)
{
	return x + 1;
}

static int stop(int x)
{
	return x + 2;
}

static int ignore(int x)
{
	return x;
}

static action actions[NSTATES][NEVENTS] = {
	[IDLE] = {[GO] = start, [HALT] = ignore},
	[RUNNING][HALT] = stop,
};

static int play(action (*rows)[NEVENTS], int state)
{
	int sum = 0;

	for (int event = 0; event < NEVENTS; event++)
		if (rows[state][event])
			sum += rows[state][event](0); /* -> start, stop, ignore; closed */
	return sum;
}

int main(void)
{
	action *row = actions[IDLE];
	int sum = row[GO](0); /* -> start, stop (may), ignore (may); closed */

	return sum + play(actions, IDLE) + play(actions, RUNNING) == 4 ? 0 : 1;
}
