/* A lab's links and their connectors. */
#pragma once

#include "render/lab/connectors.h"

struct link_list {
	struct lab_link *links; /* by name */
	size_t link_count;
	struct connector *connectors; /* by link, then position */
	size_t connector_count;
};

enum { LAB_LINKS_MAX = 4000 };

extern const struct value_type links_type;

/* `mapping` is spec.links of the lab called `lab`. */
void links_read(struct reader *reader, const char *lab, const struct yaml_node *mapping, struct link_list *list);
