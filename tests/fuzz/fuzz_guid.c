/* GUIDs and steps as text of a stranger: what is read is printed again as it was. */
#include "core/guid_key.h"
#include "core/guid_steps.h"
#include "core/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_guid(const char *text)
{
	uint8_t guid[GUID_SIZE];
	char hex[GUID_HEX_SIZE], uuid[GUID_UUID_SIZE];

	if (!guid_parse(text, guid))
		return;
	guid_hex(guid, hex);
	assert(strcmp(hex, text) == 0);
	guid_nonce_uuid(guid, uuid);
	assert(strlen(uuid) == GUID_UUID_SIZE - 1 && guid_nonce_ms(guid) >> 48 == 0);
}

static void check_step(const char *text)
{
	struct guid_way_step step;
	struct guid_chain chain, before;
	struct guid_key key;
	scoped_text printed = {0};

	if (!guid_step_parse(text, &step))
		return;
	guid_step_print(&printed, &step);
	assert(strcmp(printed.bytes, text) == 0);
	guid_key_derive(&key, NULL);
	guid_begin(&chain, &key, (const uint8_t[GUID_NONCE_SIZE]){0}, NULL);
	before = chain;
	guid_take(&chain, &key, &step, 1);
	assert(chain.nsteps == 1 && memcmp(chain.state, before.state, 32) != 0);
	assert((memcmp(&chain.path, &before.path, sizeof(chain.path)) != 0) ==
		(step.kind <= GUID_BRANCH));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* In memory of its own, so that reading behind it is seen. */
	char *text = malloc(size + 1);

	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	check_guid(text);
	check_step(text);
	free(text);
	return 0;
}
