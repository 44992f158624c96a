/* A lab's Kubernetes objects: those of its links and disks first, then node by
 * node, in the order of the model, and last those that it brings along as they are. */
#pragma once

#include "base/diagnostic.h"
#include "render/objects/password.h"
#include "render/render.h"

/* Appends the objects of a valid `lab` to `out`. False when it cannot be
 * rendered after all: `out` then has none, and what is wrong is in `diagnostics`. */
bool objects_build(const struct lab *lab, struct passwords *passwords, struct rendered_lab *out,
		   struct diagnostics *diagnostics);

/* Drops the objects and operations that `lab` has. */
void objects_clear(struct rendered_lab *lab);
