/* What KubeVirt and CDI would refuse of a node's objects, told where the person
 * wrote it: in the node's patch, or else at the node. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "base/diagnostic.h"
#include "render/lab/lab.h"

/* False when something would be refused; warnings are told and let it pass. */
bool admission_report(const struct lab *lab, const struct lab_node *node, const json_t *object,
		      struct diagnostics *diagnostics);
