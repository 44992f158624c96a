#include "render/lab/operations.h"

#include <stddef.h>

#include "base/text.h"
#include "render/lab/operation_fields.h"

const char *const operation_type_names[] = {
	[OPERATION_START] = "Start",     [OPERATION_STOP] = "Stop",
	[OPERATION_RESTART] = "Restart", [OPERATION_SOFT_REBOOT] = "SoftReboot",
	[OPERATION_RESET] = "Reset",     [OPERATION_PAUSE] = "Pause",
	[OPERATION_UNPAUSE] = "Unpause", [OPERATION_MIGRATE] = "Migrate",
	[OPERATION_EVICT] = "Evict",     [OPERATION_SNAPSHOT] = "Snapshot",
	[OPERATION_RESTORE] = "Restore", [OPERATION_CLONE] = "Clone",
	[OPERATION_CLONE + 1] = NULL,
};

const char *operation_type_name(enum operation_type type)
{
	return operation_type_names[type];
}

bool operation_type_parse(const char *name, enum operation_type *type)
{
	for (size_t i = 0; operation_type_names[i]; i++)
		if (text_equal(name, operation_type_names[i])) {
			*type = (enum operation_type)i;
			return true;
		}
	return false;
}
