/* How each operation on a VirtualMachine is asked for, and how its end shows: requests and verdicts, no requests sent.
 * Pure.
 *
 * KubeVirt does some by a subresource of the machine or of its instance (PUT), others by an object that its controllers
 * work off and whose status tells the outcome. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "render/render.h"

#define ANNOTATION_OPERATION "labsync.dev/operation" /* "<name>/<run>", on an object that an operation has made */

/* What is asked for, and the one time that it is. */
struct operation_run_of {
	const struct rendered_operation *operation;
	const char *lab, *namespace_name;
	const char *run; /* tells it from every other attempt */
};

enum operation_way { OPERATION_BY_SUBRESOURCE, OPERATION_BY_OBJECT };

enum operation_way operation_way(enum operation_type type);
/* Something is to be there to be done it to; a machine that is gone can be restored. */
bool operation_needs_machine(enum operation_type type);
/* What is on its way to be up is waited for; one can always be stopped. */
bool operation_waits_for_rest(enum operation_type type);
/* Its end shows on the instance, which becomes another one, and not on the machine. */
bool operation_is_seen_on_instance(enum operation_type type);
/* Turns a machine on or off, or asks for one that is on. */
bool operation_is_about_power(enum operation_type type);

/* Of what it asks for: another text under the same name is another operation. The caller frees. */
char *operation_digest_new(const struct rendered_operation *operation);

/* Where to send it: the subresource to PUT to, or the collection to POST to. The caller frees. */
char *operation_path_new(const struct operation_run_of *of);
json_t *operation_body_build(const struct operation_run_of *of);
/* Where its end shows: the machine, its instance, or the object that was made. The caller frees. */
char *operation_watch_path_new(const struct operation_run_of *of);
char *operation_machine_path_new(const struct operation_run_of *of);
/* "VirtualMachineSnapshot nightly". The caller frees. */
char *operation_object_label_new(const struct operation_run_of *of);
/* The object was made by this very run. */
bool operation_made(const struct operation_run_of *of, const json_t *object);

/* The machine is as the operation would have it, so that a refusal says no more than that. */
bool operation_is_so_already(enum operation_type type, const json_t *machine);

enum operation_verdict { OPERATION_GOES_ON, OPERATION_SUCCEEDED, OPERATION_CAME_TO_NOTHING };

/* What `seen`, at operation_watch_path_new(), says. `instance_before` is the uid of the instance that there was, or
 * NULL. `*reason` is set to why it came to nothing; the caller frees. */
enum operation_verdict operation_judge(enum operation_type type, const json_t *seen, const char *instance_before,
				       char **reason);
/* What to know about it besides its outcome; "" when nothing. `machine` is as it was before; may be NULL. The caller
 * frees. */
char *operation_remark_new(const struct rendered_operation *operation, const json_t *machine);
