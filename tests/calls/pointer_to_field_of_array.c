/* A table of places: each names a field somewhere else, and a loop fills them all. */
typedef int (*hook)(int);

struct module {
	hook init, exit;
};

static struct module net, disk;
static hook idle;

static int start(int x)
{
	return x + 1;
}

static int stop(int x)
{
	return x + 2;
}

static int wait_more(int x)
{
	return x + 4;
}

static const struct {
	hook *place;
	hook value;
} settings[] = {
	{&net.init, start},
	{&disk.exit, stop},
	{&idle, wait_more},
};

int main(void)
{
	int sum = 0;

	for (int i = 0; i < 3; i++)
		*settings[i].place = settings[i].value;
	sum += net.init(0); /* -> start, stop (may), wait_more (may); closed */
	sum += disk.exit(0); /* -> stop, start (may), wait_more (may); closed */
	sum += idle(0); /* -> wait_more, start (may), stop (may); closed */
	return sum == 7 ? 0 : 1;
}
