/* A macro that picks the field by pasting, and evaluates its object in a statement expression. */
struct ops {
	int (*on_key)(int);
	int (*on_mouse)(int);
};

static int key(int x)
{
	return x + 1;
}

static int mouse(int x)
{
	return x + 2;
}

#define FIRE(object, event, ...) ({ \
	const struct ops *ops_ = (object); \
	ops_->on_##event ? ops_->on_##event(__VA_ARGS__) : 0; \
})

int main(void)
{
	struct ops full = {.on_key = key, .on_mouse = mouse};
	struct ops half = {.on_key = key};
	int sum = FIRE(&full, key, 0); /* -> key; closed */

	sum += FIRE(&full, mouse, 0); /* -> mouse; closed */
	sum += FIRE(&half, mouse, 0); /* -> mouse (may); closed */
	return sum == 3 ? 0 : 1;
}
