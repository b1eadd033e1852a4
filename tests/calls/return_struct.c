/* A function returns a struct, or a pointer to a static one, and the call goes through the result. */
struct api {
	int version;
	int (*call)(int);
};

static int old_call(int x)
{
	return x + 1;
}

static int new_call(int x)
{
	return x + 2;
}

static struct api get_api(int version)
{
	struct api api = {version, old_call};

	if (version > 1)
		api.call = new_call;
	return api;
}

static const struct api *get_pointer(void)
{
	static const struct api api = {3, new_call};

	return &api;
}

static int (**get_place(struct api *api))(int)
{
	return &api->call;
}

int main(void)
{
	struct api api = get_api(1);
	int sum = get_api(2).call(0); /* -> get_api, new_call, old_call (may); closed */

	sum += get_pointer()->call(0); /* -> get_pointer, new_call, old_call (may); closed */
	sum += (*get_place(&api))(0); /* -> get_place, old_call, new_call (may); closed */
	*get_place(&api) = get_pointer()->call;
	return sum + api.call(0) == 7 ? 0 : 1; /* -> new_call, old_call (may); closed */
}
