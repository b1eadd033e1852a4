#ifndef REGISTRY_H
#define REGISTRY_H

struct handler {
	const char *key;
	int (*serve)(const char *argument);
	struct handler *next;
};

void handler_add(struct handler *handler);

#define REGISTER_HANDLER(word)                                              \
	static struct handler handler_##word = {#word, serve_##word, NULL}; \
	static void __attribute__((constructor)) add_##word(void)           \
	{                                                                   \
		handler_add(&handler_##word);                               \
	}                                                                   \
	struct handler

#endif
