/* A person's patch laid over an object: a merge that knows lists by the names of
 * their items, as kubectl's strategic merge does, but without being told which
 * lists these are.
 *
 *   - mappings merge key by key; null removes a key
 *   - a list whose items all have a `name`, here and there, merges by it; any
 *     other list is replaced
 *   - `$patch: delete` in an item removes the item of that name, in a mapping
 *     the mapping; `$patch: replace` puts what is beside it in the place of what
 *     was there; an item that is nothing but `$patch: replace` does so for the
 *     whole list */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"
#include "render/yaml/yaml.h"

/* `path` is the file of `patch`, for messages. False with an error, at its
 * place in the patch; `object` is then half patched. */
bool patch_apply(json_t *object, const struct yaml_node *patch, const char *path, struct error *err);
