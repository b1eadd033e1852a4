/* A struct without a tag, in a header, is one type in all units that read it. */
typedef struct {
	int (*encode)(int);
	struct {
		int (*decode)(int);
	} nested;
} codec;

typedef struct {
	int (*encode)(int);
} other_codec;

void fill(codec *codec);
