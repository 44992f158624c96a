/* Where a lab's nodes run: what a person asks for, and what the links ask for.
 *
 * A link of the driver `bridge` is a Linux bridge of one worker, so all that
 * hang on a lab's such links must land on the same one: better a pod that
 * waits, and says for what, than a lab whose cables end nowhere. Links of the
 * other drivers span workers, and their nodes run anywhere.
 *
 * Pods, and the templates of VMs, have the same fields for all of this. */
#pragma once

#include <jansson.h>

#include "base/diagnostic.h"
#include "render/lab/lab.h"

/* Marks a template's `labels` when the node is bound to the lab's worker. */
void placement_add_label(const struct lab *lab, const struct lab_node *node, json_t *labels);

/* The node's affinity: the person's terms and those of the links. NULL when
 * there are none. New reference. */
json_t *placement_affinity_build(const struct lab *lab, const struct lab_node *node);

/* Sets everything of the node's placement, the affinity too, on `spec`, the spec
 * of a pod or of a VM's template. */
void placement_set(const struct lab *lab, const struct lab_node *node, json_t *spec);

/* Adds the links' term alone to the affinity of `spec`, which its author wrote. */
void placement_bind(const struct lab *lab, const struct lab_node *node, json_t *spec);

/* Tells of what can never be placed: a node that must run apart from one that
 * a link binds it to. False when it found such a thing. */
bool placement_check(const struct lab *lab, const struct lab_node *node, struct diagnostics *diagnostics);
