/* The set of field paths that labsync set, in Kubernetes' FieldsV1 form
 * (structured-merge-diff: "f:name" for fields, "k:{...}" for keyed list items,
 * "." for the item or field itself). Paths only, never values, so no secret leaks. */
#pragma once

#include <jansson.h>

/* Every leaf of `object` but apiVersion, kind, metadata.name,
 * metadata.namespace, status and the annotations under labsync.dev/ that
 * change with every commit (commit, applied, digest). New reference. */
json_t *fields_new_from_object(const json_t *object);
