/* A project's own rules: a pool of threads, functions by name and by what they call. */
typedef void job(void *);

void pool_submit(int priority, job *run, void *data);
int message_wait(const char *queue);

static void compress(void *data)
{
	(void)data;
}

static void unused_job(void *data)
{
	(void)data;
}

/* In the rule's list of what is no handler. */
static void pool_nothing(void *data)
{
	unused_job(data);
}

int handle_mail(void)
{
	return message_wait("mail");
}

int cron_nightly(void)
{
	return 0;
}

int main(void)
{
	pool_submit(1, compress, 0);
	pool_submit(1, pool_nothing, 0);
	return handle_mail();
}
