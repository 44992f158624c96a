/* A VM in KubeVirt's own words: what stands under `virtualMachine`. */
#pragma once

#include "render/lab/layers.h"
#include "render/yaml/yaml.h"

struct lab_machine_metadata {
	struct settings settings;
	const struct value_map *labels, *annotations; /* text */
};

struct lab_machine {
	struct settings settings;
	const struct lab_machine_metadata *metadata; /* NULL: nothing given */
	const struct yaml_node *spec; /* KubeVirt's VirtualMachineSpec, a mapping as it was written */
};
