typedef int (*listener)(int event, void *data);

void listen_to(int event, listener listener, void *data);
int publish(int event);
