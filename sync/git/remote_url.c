#include "sync/git/remote_url.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

enum { URL_LENGTH_MAX = 4096, PORT_MAX = 65535 };

static const struct scheme {
	const char *prefix;
	enum remote_scheme scheme;
	int port;
} schemes[] = {
	{ "https://", REMOTE_HTTPS, 443 },
	{ "http://", REMOTE_HTTP, 80 },
	{ "ssh://", REMOTE_SSH, 22 },
	{ "file://", REMOTE_LOCAL, 0 },
};

void remote_url_deinit(struct remote_url *url)
{
	free(url->host);
	free(url->user);
	free(url->path);
	*url = (struct remote_url){ .host = NULL };
}

/* The text must not be repeated in a message before this has passed. */
static bool has_password(const char *text)
{
	const char *authority = strstr(text, "://");
	const char *end, *at = NULL, *colon;

	if (authority == NULL)
		return false;
	authority += 3;
	end = authority + strcspn(authority, "/?#");
	for (const char *c = authority; c < end; c++)
		if (*c == '@')
			at = c;
	colon = at ? memchr(authority, ':', (size_t)(at - authority)) : NULL;
	return colon != NULL;
}

static bool check_text(const char *text, struct error *err)
{
	if (strlen(text) > URL_LENGTH_MAX)
		return error_set(err, ERROR_LIMIT, "the remote's URL is longer than %d characters", URL_LENGTH_MAX);
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == 0x7f)
			return error_set(err, ERROR_INVALID, "the remote's URL holds a space or a control character");
	if (has_password(text))
		return error_set(err, ERROR_INVALID,
				 "the remote's URL holds a password; take it out and write it to a file that "
				 "passwordFile names");
	return true;
}

static int hex_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	digit = (char)tolower((unsigned char)digit);
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static char *decoded_new(const char *text)
{
	cleanup(buffer) struct buffer decoded = BUFFER_INIT;

	for (; *text; text++) {
		int high = *text == '%' ? hex_value(text[1]) : -1;
		int low = high >= 0 ? hex_value(text[2]) : -1;

		if (low >= 0 && high * 16 + low != 0) {
			buffer_append_char(&decoded, (char)(high * 16 + low));
			text += 2;
		} else {
			buffer_append_char(&decoded, *text);
		}
	}
	return buffer_steal(&decoded);
}

static bool parse_local(const char *path, struct remote_url *url, struct error *err)
{
	if (text_starts_with(path, "localhost/"))
		path += strlen("localhost");
	if (path[0] != '/')
		return error_set(err, ERROR_INVALID,
				 "a file:// URL needs an absolute path, as in file:///srv/labs.git");
	url->path = decoded_new(path);
	return true;
}

static bool parse_port(const char *text, const char *end, int *port)
{
	long value = 0;

	if (text == end)
		return false;
	for (; text < end; text++) {
		if (!isdigit((unsigned char)*text))
			return false;
		value = value * 10 + (*text - '0');
		if (value > PORT_MAX)
			return false;
	}
	*port = (int)value;
	return value > 0;
}

/* "host", "host:port", "[address]:port" */
static bool parse_host(const char *text, const char *end, struct remote_url *url)
{
	const char *host = text, *host_end, *rest;

	if (*text == '[') {
		host++;
		host_end = memchr(text, ']', (size_t)(end - text));
		rest = host_end ? host_end + 1 : NULL;
	} else {
		host_end = memchr(text, ':', (size_t)(end - text));
		host_end = host_end ? host_end : end;
		rest = host_end;
	}
	/* A host that begins with "-" is an option to some program, never a host. */
	if (rest == NULL || host_end <= host || *host == '-')
		return false;
	url->host = string_copy_n(host, (size_t)(host_end - host));
	return rest == end || (*rest == ':' && parse_port(rest + 1, end, &url->port));
}

static bool parse_authority(const char *text, const char *whole, struct remote_url *url, struct error *err)
{
	const char *end = text + strcspn(text, "/?#");
	const char *at = memchr(text, '@', (size_t)(end - text));

	if (at) {
		url->user = string_copy_n(text, (size_t)(at - text));
		text = at + 1;
	}
	if (*end != '/' || end[1] == '\0' || !parse_host(text, end, url))
		return error_set(err, ERROR_INVALID,
				 "the remote's URL \"%s\" needs a host and a path, as in https://host/labs.git",
				 whole);
	return true;
}

static bool is_loopback(const char *host)
{
	struct in_addr address;

	if (text_equal(host, "localhost") || text_equal(host, "::1"))
		return true;
	return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == IN_LOOPBACKNET;
}

/* "user@host:path": a colon before the first slash. */
static bool parse_scp(const char *text, struct remote_url *url, struct error *err)
{
	const char *colon = text + strcspn(text, ":/");
	const char *at = memchr(text, '@', (size_t)(colon - text));
	const char *host = at ? at + 1 : text;

	if (*colon != ':' || colon[1] == '\0' || colon == host || *host == '-' || *host == '[' || at == text)
		return error_set(err, ERROR_INVALID,
				 "the remote \"%s\" is none of https://, ssh://, user@host:path, file:// "
				 "and an absolute path",
				 text);
	url->scheme = REMOTE_SSH;
	url->port = 22;
	url->user = at ? string_copy_n(text, (size_t)(at - text)) : NULL;
	url->host = string_copy_n(host, (size_t)(colon - host));
	return true;
}

static bool parse_scheme(const struct scheme *scheme, const char *text, struct remote_url *url, struct error *err)
{
	const char *rest = text + strlen(scheme->prefix);

	url->scheme = scheme->scheme;
	url->port = scheme->port;
	if (scheme->scheme == REMOTE_LOCAL)
		return parse_local(rest, url, err);
	if (!parse_authority(rest, text, url, err))
		return false;
	if (scheme->scheme == REMOTE_HTTP && !is_loopback(url->host))
		return error_set(err, ERROR_INVALID,
				 "\"%s\": http is open to everyone on the way; it is taken only for this machine "
				 "itself, else use https://",
				 text);
	return true;
}

bool remote_url_parse(const char *text, struct remote_url *url, struct error *err)
{
	*url = (struct remote_url){ .host = NULL };
	if (!check_text(text, err))
		return false;
	if (text[0] == '/') {
		url->scheme = REMOTE_LOCAL;
		url->path = string_copy(text);
		return true;
	}
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (text_starts_with(text, schemes[i].prefix))
			return parse_scheme(&schemes[i], text, url, err);
	if (strstr(text, "://"))
		return error_set(err, ERROR_INVALID,
				 "the remote \"%s\" has a scheme that labsync does not speak; use https://, ssh://, "
				 "user@host:path, file:// or an absolute path",
				 text);
	return parse_scp(text, url, err);
}
