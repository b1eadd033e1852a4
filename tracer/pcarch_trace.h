/*
 * What a program says of itself. Nothing needs to be linked: without a tracer, each macro
 * costs one comparison.
 */
#ifndef PCARCH_TRACE_H
#define PCARCH_TRACE_H

#ifdef __cplusplus
extern "C" {
#endif

/* Called with "point=choice", by the macro alone: `pcarch scan` reads its argument. */
void pcarch_branch(const char *taken) __attribute__((weak));

#ifdef __cplusplus
}
#endif

/*
 * The command's way parts at `point`, and goes on by `choice`. Both are string literals;
 * anything else does not compile, so that no user's text becomes a part of a route.
 */
#define PCARCH_BRANCH(point, choice) \
	(pcarch_branch ? pcarch_branch("" point "=" choice "") : (void)0)

#endif
