#include "host.h"
#include <stdio.h>

static int media_play(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int media_pause(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int media_seek(int argc, char **argv)
{
	return puts(__func__) < 0;
}

void media_init(const struct host_api *api)
{
	if (api->version < 3) {
		api->log("too old\n");
		return;
	}
	api->add("play", media_play);
	api->add("pause", media_pause);
	add_command("seek", media_seek);
}
