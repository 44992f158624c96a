/* Labels and annotations of objects that were written for Kubernetes, not for
 * labsync: any that Kubernetes takes. */
#pragma once

#include <stdbool.h>

#include "render/lab/reader.h"

extern const struct value_type foreign_labels_type, foreign_annotations_type;

/* A field's reader; const struct value_map *, of text. Those by which labsync knows its objects are left out with a
 * warning. */
const void *foreign_labels_read(struct reader *reader, const struct yaml_pair *pair);

/* An annotation by which a person speaks to labsync of one object. */
struct foreign_annotation {
	const char *key; /* NULL ends a list */
	const char *values[2];
};

/* Annotations that are usable, const struct value_map * of text. Of labsync's own, only those that are `known` may be
 * there; kubectl's record of what it applied is left out with a warning. NULL after it told that they are no mapping. */
const struct value_map *foreign_annotations_take(struct reader *reader, const struct yaml_pair *pair,
						 const struct foreign_annotation *known);
