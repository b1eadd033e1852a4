/* A request is one text: the literal of its first word ends with a space where arguments
 * follow. */
#include <stdio.h>
#include <string.h>

struct ctrl {
	char reply[64];
};

static int ctrl_set(struct ctrl *c, char *cmd)
{
	return puts(__func__) < 0;
}
static int ctrl_get(struct ctrl *c, char *cmd)
{
	return puts(__func__) < 0;
}
static int ctrl_status(struct ctrl *c, const char *params)
{
	return puts(__func__) < 0;
}
static void ctrl_terminate(struct ctrl *c)
{
	puts(__func__);
}
static int ctrl_sta(struct ctrl *c, const char *address)
{
	return puts(__func__) < 0;
}

static int receive_process(struct ctrl *c, char *buf)
{
	int reply = 0;

	if (strcmp(buf, "PING") == 0) {
		memcpy(c->reply, "PONG\n", 6);
	} else if (strncmp(buf, "SET ", 4) == 0) {
		if (ctrl_set(c, buf + 4))
			reply = -1;
	} else if (strncmp(buf, "GET ", 4) == 0) {
		reply = ctrl_get(c, buf + 4);
	} else if (strncmp(buf, "STATUS", 6) == 0) {
		reply = ctrl_status(c, buf + 6);
	} else if (strncmp(buf, "STA ", 4) == 0) {
		reply = ctrl_sta(c, buf + 4);
	} else if (strcmp(buf, "TERMINATE") == 0) {
		ctrl_terminate(c);
	} else {
		memcpy(c->reply, "UNKNOWN COMMAND\n", 17);
	}
	return reply;
}

int main(void)
{
	struct ctrl c = {"OK\n"};
	char line[128];

	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (receive_process(&c, line) < 0)
			fputs("FAIL\n", stdout);
	}
	return 0;
}
