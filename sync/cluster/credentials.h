/* What a request proves its identity with, kept fresh: a token, a token file, a
 * client certificate, user name and password, or what an exec plugin gives.
 *
 * Files are looked at again every few seconds and plugins run again shortly
 * before what they gave expires, or after a 401. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/error.h"
#include "sync/cluster/connection.h"

struct credentials;

struct credential { /* borrowed, until the loop goes on */
	const char *authorization; /* the header's value; NULL: none */
	const char *certificate_pem, *key_pem; /* NULL: none */
	uint64_t generation; /* counts the changes */
};

/* `connection` must stay. `on_ready` is called on the loop, after CREDENTIALS_PENDING, when it is worth asking
 * again. */
struct credentials *credentials_new(uv_loop_t *loop, const struct connection *connection,
				    void (*on_ready)(void *data), void *data);
void credentials_close(struct credentials *credentials, void (*closed)(void *data), void *data);

enum credentials_outcome {
	CREDENTIALS_GOOD, /* `credential` is filled */
	CREDENTIALS_PENDING, /* a plugin runs; `on_ready` comes */
	CREDENTIALS_FAILED /* `err` is filled */
};
enum credentials_outcome credentials_get(struct credentials *credentials, struct credential *credential,
					 struct error *err);

/* The server did not accept the credential of that generation. True when another one may come, and
 * credentials_get() is worth asking again. */
bool credentials_reject(struct credentials *credentials, uint64_t generation);
