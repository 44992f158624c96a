/* The rights of a container beyond those that its runtime gives: Linux'
 * capabilities, as Kubernetes names them (without CAP_). */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type capabilities_type;

/* A field's reader; const struct value_list * of text. */
const void *capabilities_read(struct reader *reader, const struct yaml_pair *pair);
