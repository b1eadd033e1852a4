/* One struct that two units see differently, as headers with private parts make it. */
#ifdef OPS_PRIVATE
struct secret;
#define OPS_STATE struct secret *
#else
#define OPS_STATE void *
#endif

struct ops {
	OPS_STATE state;
	int (*run)(int);
#ifdef OPS_PRIVATE
	int (*internal)(int);
#else
	void *reserved;
#endif
};

struct ops *ops_get(void);
