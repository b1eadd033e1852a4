/* Negative: modes of a window have names, which are shown, and many functions; keys
 * change from one to another. */
#include <stdio.h>
#include <string.h>

struct window;

struct mode {
	const char *name;
	const char *default_format;
	void (*init)(struct window *w);
	void (*free)(struct window *w);
	void (*key)(struct window *w, int key);
};

struct window {
	const struct mode *mode;
	int position;
};

static void copy_init(struct window *w)
{
	w->position = 0;
}
static void copy_key(struct window *w, int key)
{
	w->position += key == 'j' ? 1 : -1;
}
static void clock_init(struct window *w)
{
	w->position = 12;
}
static void clock_free(struct window *w)
{
	w->position = -1;
}
static void clock_key(struct window *w, int key)
{
}

static const struct mode copy_mode = {.name = "copy-mode",
	.init = copy_init,
	.key = copy_key};
static const struct mode clock_mode = {.name = "clock-mode",
	.default_format = "%H",
	.init = clock_init,
	.free = clock_free,
	.key = clock_key};

static const struct mode *const all_modes[] = {&copy_mode, &clock_mode, NULL};

static void set_mode(struct window *w, const struct mode *mode)
{
	if (w->mode == mode)
		return;
	if (w->mode && w->mode->free)
		w->mode->free(w);
	w->mode = mode;
	w->mode->init(w);
	printf("now in %s\n", mode->name);
}

int main(void)
{
	struct window w = {0};
	int c;

	for (const struct mode *const *m = all_modes; *m; m++)
		printf("%s %s\n", (*m)->name,
			(*m)->default_format ? (*m)->default_format : "");
	set_mode(&w, &copy_mode);
	while ((c = getchar()) != EOF) {
		if (c == 't')
			set_mode(&w, &clock_mode);
		else if (c == '[')
			set_mode(&w, &copy_mode);
		else
			w.mode->key(&w, c);
		if (strcmp(w.mode->name, "copy-mode") == 0 && w.position < 0)
			break;
	}
	return 0;
}
