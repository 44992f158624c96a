/* What has to be there before an operation is asked for: its machine, at rest, and a KubeVirt that answers. Reads only. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "sync/cluster/client.h"
#include "sync/desired.h"
#include "sync/operation.h"

struct operation_prepare_settings {
	uv_loop_t *loop;
	struct client *client;
	const struct desired *desired; /* machines that are still to come */
	uint64_t wait_ms;
	const bool *stopping;
};

enum operation_readiness {
	OPERATION_READY,
	OPERATION_HAS_NO_MACHINE, /* and none is to come */
	OPERATION_NOT_NOW, /* `message` says until when */
	OPERATION_STOPPED /* labsync is to end */
};

struct operation_preparation {
	enum operation_readiness readiness;
	json_t *machine; /* as it is; NULL: none is needed. Own reference */
	char *instance; /* the uid of its instance, where that tells the end; NULL: there is none */
	char *message;
};

void operation_preparation_deinit(struct operation_preparation *preparation);

/* `preparation` is the callee's to take from; what it leaves is freed. Called once, never before
 * operation_prepare_start() has returned. */
typedef void operation_prepare_callback(void *data, struct operation_preparation *preparation);

/* All that is handed in outlives the operation. Needs operation_needs_machine(). When the time is over, the machine is
 * taken as it is: the server says whether that will do. */
void operation_prepare_start(const struct operation_prepare_settings *settings, const struct operation_run_of *of,
			     operation_prepare_callback *callback, void *data);
