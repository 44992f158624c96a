/* labels, annotations and immutable: what a VM's objects carry for others to read. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type machine_labels_type, machine_annotations_type, immutable_type;

/* Field readers; const struct value_map *, of text. */
const void *machine_labels_read(struct reader *reader, const struct yaml_pair *pair);
const void *machine_annotations_read(struct reader *reader, const struct yaml_pair *pair);
const void *immutable_read(struct reader *reader, const struct yaml_pair *pair);
