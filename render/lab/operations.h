/* What is done to VirtualMachines once: `operations`. Not what they shall be
 * like, which is the rest of a lab, so each has a name by which it is known to
 * have been done. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Each is one word of the field `type`. */
enum operation_type {
	OPERATION_START,
	OPERATION_STOP,
	OPERATION_RESTART,
	OPERATION_SOFT_REBOOT,
	OPERATION_RESET,
	OPERATION_PAUSE,
	OPERATION_UNPAUSE,
	OPERATION_MIGRATE,
	OPERATION_EVICT, /* away from its worker, which is a migration */
	OPERATION_SNAPSHOT,
	OPERATION_RESTORE,
	OPERATION_CLONE
};

enum { OPERATION_GRACE_NONE = -1 }; /* no grace period is given */

/* "Start", "SoftReboot" and so on. */
const char *operation_type_name(enum operation_type type);

/* False when there is no such operation. */
bool operation_type_parse(const char *name, enum operation_type *type);
