/* A VM node as KubeVirt runs it. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

json_t *machine_build(const struct lab *lab, const struct lab_node *node); /* new reference */
