/* Which VMs of a namespace have a disk or image: by their own lists, or by attachments. Goes by the texts of the documents alone,
 * whether these are right or not. */
#pragma once

#include "render/dialects/deckhouse/deckhouse.h"

bool device_is_listed(const struct translation *translation, const char *kind, const char *name);
bool device_is_attached(const struct translation *translation, const char *kind, const char *name);

/* A VM that has the device and comes before `machine`, by name; NULL when none does. */
const struct fact *device_user_before(const struct translation *translation, const char *kind, const char *name,
				      const char *machine);
