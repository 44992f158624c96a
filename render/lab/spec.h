/* A Lab's spec: the fields of the lab itself, and its links and nodes. */
#pragma once

#include "base/timezone.h"
#include "render/lab/defaults.h"
#include "render/lab/dependencies.h"

extern const struct value_type lab_spec_type;

/* Fills `lab`, whose name and namespace are known. `dependencies` becomes what it asks for, or NULL. */
void spec_read(struct reader *reader, const struct yaml_node *spec, const struct surroundings *around,
	       struct time_zones *zones, time_t now, struct lab *lab, const struct dependency_list **dependencies);
