/* The node type `virtualMachine`. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/reader.h"

enum { MACHINE_LIST_MAX = 256 /* KubeVirt's own limit */ };

extern const struct value_type virtual_machine_type;

/* Checks what labsync itself needs; the rest of the spec is KubeVirt's to judge, by the rules of render/admission. NULL
 * after it told that something is missing. */
const struct lab_machine *machine_settle(struct reader *reader, const char *node, const struct lab_machine *machine);

/* Tells of networks that a link would make a second time, once the nodes have their interfaces. */
void machines_check_networks(struct reader *reader, const struct lab *lab);

/* spec.template.spec as it was written; NULL when there is none. */
const struct yaml_node *machine_template_spec(const struct lab_machine *machine);
