/*
 * Files that are being written, which go when the process is ended by SIGINT, SIGTERM or
 * SIGHUP.
 */
#ifndef PCARCH_CORE_UNFINISHED_H
#define PCARCH_CORE_UNFINISHED_H

/*
 * Make a file as mkostemp() does, close-on-exec, and note it; -1 and errno on failure.
 * `path` must stay where it is until unfinished_forget(). A process that ignores a
 * signal, or handles it, goes on doing so.
 */
int unfinished_create(char *path);

/* The file is finished, or removed; NULL is fine. */
void unfinished_forget(const char *path);

#endif
