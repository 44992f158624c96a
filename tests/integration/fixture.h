/* What the integration tests of the client share: a loop with a client on it,
 * calls that wait for their answer, and lines that say ok or not ok. */
#pragma once

#include <stdbool.h>
#include <uv.h>

#include "sync/cluster/client.h"

/* "ok NAME" or "not ok NAME: DETAIL". Returns `good`. */
bool expect(bool good, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* "N passed, M failed"; the exit code. */
int report(void);

struct cluster { /* as tests/cluster/up made it */
	const char *directory, *apiserver;
};

/* The path of one of its files; the caller frees. */
char *cluster_file_new(const struct cluster *cluster, const char *name);

struct fixture {
	uv_loop_t loop;
	struct client *client; /* NULL after fixture_close() */
};

/* `kubeconfig`: a file. Ends the program when it cannot be used. */
void fixture_open(struct fixture *fixture, const char *kubeconfig, const struct client_settings *settings);
void fixture_load(const char *kubeconfig, struct connection *connection);
void fixture_open_connection(struct fixture *fixture, struct connection *connection,
			     const struct client_settings *settings);
/* With one of the cluster's kubeconfigs. */
void open_as(struct fixture *fixture, const struct cluster *cluster, const char *name);

/* Closes the client and expects that nothing is left on the loop. */
void fixture_close(struct fixture *fixture, const char *name);

struct outcome { /* of one call */
	unsigned calls; /* of the callback: must become 1 */
	long status;
	json_t *body; /* own reference; NULL: none */
	struct error err;
};

void outcome_clear(struct outcome *outcome);
static inline void outcome_cleanup(struct outcome *outcome)
{
	outcome_clear(outcome);
}
void outcome_take(void *data, const struct client_response *response, const struct error *err); /* client_callback */
const char *outcome_text(const struct outcome *outcome); /* for messages */

void expect_status(const struct outcome *outcome, long status, enum error_code code, const char *name);

void run_until(struct fixture *fixture, const unsigned *count, unsigned wanted);

/* Sends and waits. `body` is JSON text or NULL. */
void ask(struct fixture *fixture, enum client_method method, const char *path, const char *body,
	 struct outcome *outcome);

json_t *config_map_build(const char *name);
