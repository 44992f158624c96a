/* Finding a value in an object by a path such as
 * spec.template.spec.volumes[name=root].dataVolume.name or
 * metadata.annotations["labsync.dev/immutable"]. */
#pragma once

#include <jansson.h>

/* Borrowed; NULL when there is none. */
const json_t *value_at_path(const json_t *object, const char *path);
