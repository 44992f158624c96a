/* One Lab document to the model. */
#pragma once

#include "render/lab/config.h"
#include "render/lab/lab.h"

#define LAB_KIND "Lab"

extern const struct value_type lab_type;

/* NULL when the lab's name or namespace could not be read. A lab with errors
 * is not valid, but holds what could be read of its nodes and links. */
struct lab *lab_read(struct reader *reader, const struct yaml_node *root, const char *default_namespace,
		     const struct lab_config *config);
