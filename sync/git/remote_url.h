/* Where a remote is, in the forms that Git's users write: https://host/path,
 * http://localhost/path, ssh://user@host:port/path, user@host:path, file:///path and /path. */
#pragma once

#include <stdbool.h>

#include "base/error.h"

enum remote_scheme { REMOTE_HTTPS, REMOTE_HTTP, REMOTE_SSH, REMOTE_LOCAL };

struct remote_url {
	enum remote_scheme scheme;
	char *host; /* without brackets; NULL for REMOTE_LOCAL */
	char *user; /* NULL when the URL names none */
	int port; /* the scheme's own when the URL names none */
	char *path; /* REMOTE_LOCAL: absolute, decoded */
};

void remote_url_deinit(struct remote_url *url);
static inline void remote_url_cleanup(struct remote_url *url)
{
	remote_url_deinit(url);
}

/* Refuses what labsync does not speak, a password within the URL, and http to another machine. */
bool remote_url_parse(const char *text, struct remote_url *url, struct error *err);
