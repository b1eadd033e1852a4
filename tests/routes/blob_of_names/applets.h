/* Names, one after another, with a NUL after each; functions in the same order. */
#define NUM_APPLETS 5

/* clang-format off */
const char applet_names[] = ""
"cat" "\0"
"echo" "\0"
"false" "\0"
"ls" "\0"
"true" "\0"
;

int cat_main(int argc, char **argv);
int echo_main(int argc, char **argv);
int false_main(int argc, char **argv);
int ls_main(int argc, char **argv);
int true_main(int argc, char **argv);

int (*const applet_main[])(int argc, char **argv) = {
cat_main,
echo_main,
false_main,
ls_main,
true_main,
};
/* clang-format on */
