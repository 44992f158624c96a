/* Passwords as guests keep them: crypt(5)'s SHA-512, the oldest that every
 * Linux image reads.
 *
 * The salt must come out the same at every render, or each would change the
 * Secret. It is derived from the namespace and the user, not from the password:
 * a fast hash of that would stand beside the slow one and undo it. Since the
 * slow one takes milliseconds and most labs share a password, each is computed
 * once a render. */
#pragma once

#include <jansson.h>

#include "base/error.h"

struct passwords {
	json_t *hashes; /* by namespace, user and password; NULL while empty */
};

#define PASSWORDS_INIT                                                                                               \
	{                                                                                                            \
		.hashes = NULL                                                                                       \
	}

void passwords_deinit(struct passwords *passwords);
static inline void passwords_cleanup(struct passwords *passwords)
{
	passwords_deinit(passwords);
}

/* "$6$...", borrowed from `passwords`; NULL with an error when libcrypt does
 * not take the password. */
const char *passwords_hash(struct passwords *passwords, const char *namespace_name, const char *user,
			   const char *password, struct error *err);
