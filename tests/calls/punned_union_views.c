/* Structs with a common beginning in a union: the tag is read by one, the function by another. */
struct key_event {
	int kind;
	int (*handle)(int);
};

struct mouse_event {
	int kind;
	int (*process)(int);
	int x, y;
};

union event {
	int kind;
	struct key_event key;
	struct mouse_event mouse;
};

static int on_any(int x)
{
	return x + 1;
}

static int on_mouse(int x)
{
	return x + 2;
}

static int deliver(union event *event)
{
	return event->key.handle(event->kind); /* -> on_any, on_mouse; sound */
}

int main(void)
{
	union event key = {.key = {0, on_any}};
	union event mouse = {.mouse = {1, on_mouse, 3, 4}};

	return deliver(&key) + deliver(&mouse) == 4 ? 0 : 1;
}
