/* The outermost fields, which Lab and KNLConfig have alike. */
#pragma once

#include "render/lab/reader.h"

struct document {
	const struct yaml_node *metadata, *spec; /* mappings; NULL when missing or refused */
};

/* apiVersion and kind were seen before. A status is ignored with a warning. */
void document_read(struct reader *reader, const struct yaml_node *root, const char *kind, struct document *document);
