/* How labsync proves who it is: an ssh key, or a user name and a password that
 * is read from its file at the moment of use. */
#pragma once

#include <git2.h>

/* git_credential_acquire_cb; the payload is a struct session. Each credential is offered once:
 * a server that refused it would be asked again and again otherwise, until it locks the account. */
int credentials_acquire(git_credential **out, const char *url, const char *user_from_url, unsigned int allowed,
			void *payload);
