/* Kubernetes labels that a person gives to all objects of a lab. */
#pragma once

#include "render/lab/reader.h"

enum { LABELS_MAX = 64 };

extern const struct value_type labels_type;

/* Field readers; const struct value_map *, of text. Labels that labsync or KubeVirt set themselves are refused
 * in a spec, and left out with a warning in metadata, where tools put them. */
const void *labels_read(struct reader *reader, const struct yaml_pair *pair);
const void *labels_read_metadata(struct reader *reader, const struct yaml_pair *pair);

/* `lower` with `upper` laid over it, by key. Either may be NULL; both may be returned as they are. */
const struct value_map *labels_merge(struct arena *arena, const struct value_map *lower,
				     const struct value_map *upper);
