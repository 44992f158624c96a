/* A `virtualMachine`: what its author wrote, and what labsync adds to it. */
#pragma once

#include <jansson.h>

#include "base/diagnostic.h"
#include "render/lab/lab.h"

/* The VirtualMachine, with a network and an interface for each link. New reference. */
json_t *raw_machine_build(const struct lab *lab, const struct lab_node *node);

/* Tells what KubeVirt would refuse of `object`, which was built of the node, at its place. False when something would be
 * refused. */
bool raw_machine_check(const struct lab *lab, const struct lab_node *node, const json_t *object,
		       struct diagnostics *diagnostics);
