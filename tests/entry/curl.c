/* libcurl: what an option is for is the name of an enumerator. */
typedef enum {
	CURLOPT_URL = 10002,
	CURLOPT_WRITEFUNCTION = 20011,
	CURLOPT_READFUNCTION = 20012
} CURLoption;

int curl_easy_setopt(void *, CURLoption, ...);

static unsigned long write_body(char *bytes, unsigned long size, unsigned long n,
	void *to)
{
	(void)bytes;
	(void)to;
	return size * n;
}

int main(int argc, char **argv)
{
	(void)argc;
	curl_easy_setopt(argv, CURLOPT_URL, "http://localhost/");
	return curl_easy_setopt(argv, CURLOPT_WRITEFUNCTION, write_body);
}
