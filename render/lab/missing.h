/* A field that a node must have and that no layer gives. */
#pragma once

#include "render/lab/reader.h"

/* `type` is the node's: "pod". */
void setting_missing(struct reader *reader, const char *node, const struct place *place, const char *type,
		     const char *field);
