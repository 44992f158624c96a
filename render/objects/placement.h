/* Where a lab's nodes run. A link is a Linux bridge of one worker, so all that
 * hang on a lab's links must land on the same one: better a pod that waits, and
 * says for what, than a lab whose cables end nowhere. Nodes without links run
 * anywhere. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* Marks a template's `labels` when the node has links. */
void placement_add_label(const struct lab *lab, const struct lab_node *node, json_t *labels);

/* The pod affinity to all that are so marked; NULL when the node has no links. New reference. */
json_t *placement_affinity_build(const struct lab *lab, const struct lab_node *node);
