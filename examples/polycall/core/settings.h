/* The user's settings: lines "name=value" in the file `settings` of the home directory.
 */
#ifndef POLYCALL_CORE_SETTINGS_H
#define POLYCALL_CORE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

struct failure;

enum {
	SETTING_VALUE_SIZE = 128
};

/* Called for each setting; both strings are valid during the call. False stops. */
typedef bool setting_fn(void *context, const char *name, const char *value);

/* Call `visit` for each setting in the file, in its order. A missing file has none. */
void settings_each(setting_fn *visit, void *context);

/* The value of `name`: from the file, otherwise the default. False when there is none. */
bool settings_get(const char *name, char value[SETTING_VALUE_SIZE]);

/* Set `name`, which must be known, to `value`, which must be one that `name` can have. */
bool settings_set(const char *name, const char *value, struct failure *why);

#endif
