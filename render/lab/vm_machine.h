/* What a VM is made of: processor, firmware, machine. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type cpu_topology_type, cpu_model_type, cpu_features_type, instancetype_type,
	preference_type, firmware_type, machine_type, architecture_type;

/* Readers of fields; const char *. */
const void *cpu_model_read(struct reader *reader, const struct yaml_pair *pair);
const void *machine_read(struct reader *reader, const struct yaml_pair *pair);

/* const struct value_list * of struct lab_cpu_feature. */
const void *cpu_features_read(struct reader *reader, const struct yaml_pair *pair);
