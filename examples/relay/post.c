#include "post.h"

#include <curl/curl.h>

enum {
	TIMEOUT_MS = 5000
};

/* The answer's body is of no use here. */
static size_t drop(char *bytes, size_t size, size_t count, void *context)
{
	(void)bytes;
	(void)context;
	return size * count;
}

static struct curl_slist *with_type(const struct curl_slist *headers)
{
	struct curl_slist *all =
		curl_slist_append(NULL, "Content-Type: application/json");

	for (; all && headers; headers = headers->next) {
		struct curl_slist *longer = curl_slist_append(all, headers->data);

		if (!longer)
			curl_slist_free_all(all);
		all = longer;
	}
	return all;
}

static void set_up(CURL *curl, const char *url, const char *json,
	struct curl_slist *headers)
{
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, json);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)TIMEOUT_MS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
}

long post_json(const char *url, const char *json, const struct curl_slist *headers,
	const char **why)
{
	struct curl_slist *all = with_type(headers);
	CURL *curl = curl_easy_init();
	long status = 0;
	CURLcode code = CURLE_OUT_OF_MEMORY;

	if (curl && all) {
		set_up(curl, url, json, all);
		code = curl_easy_perform(curl);
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	}
	*why = code == CURLE_OK ? NULL : curl_easy_strerror(code);
	curl_easy_cleanup(curl);
	curl_slist_free_all(all);
	return code == CURLE_OK ? status : 0;
}
