/* OpenSSH's known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): is this
 * key the host's? labsync never asks a person, so what is not there is refused. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum known_hosts_verdict {
	KNOWN_HOSTS_KNOWN,
	KNOWN_HOSTS_UNKNOWN, /* the file says nothing of the host */
	KNOWN_HOSTS_CHANGED, /* the host has other keys there */
	KNOWN_HOSTS_REVOKED
};

enum { KNOWN_HOSTS_FILE_MAX = 16 * 1024 * 1024 };

/* The file's text. The caller frees. */
char *known_hosts_read_new(const char *path, struct error *err);

/* `key` is in SSH's wire form. Lines marked @cert-authority are left out: host certificates are not spoken. */
enum known_hosts_verdict known_hosts_check(const char *text, const char *host, int port, const uint8_t *key,
					   size_t key_length);

/* The name of the best key type that the file has for the host ("ssh-ed25519"); NULL when it has none.
 * A server has several keys: it is to be asked for one that can be compared. */
const char *known_hosts_key_type(const char *text, const char *host, int port);

/* The line "host type key" of that type, in the simplest form; NULL when there is none. The caller frees. */
char *known_hosts_line_new(const char *text, const char *host, int port);
