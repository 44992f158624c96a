/* Values of Secrets and ConfigMaps that are documents of the repository. */
#pragma once

#include "render/dialects/translation.h"

enum secret_outcome { SECRET_FOUND, SECRET_ABSENT, SECRET_WITHOUT_KEY };

/* `kind` is "Secret" or "ConfigMap". The value is in the arena, NUL-terminated; one with a NUL byte in it counts as absent. */
enum secret_outcome vsphere_secret_value(const struct translation *translation, const char *kind, const char *name,
					 const char *key, const char **value);
