/* cloudConfig of VM Operator as cloud-init's own: what it takes from Secrets is put in its place. */
#pragma once

#include "render/dialects/vmoperator/machine.h"

/* A new mapping; `config` is NULL for an empty one. What is wrong is told. */
struct yaml_node *cloud_config_build(struct machine *machine, const struct yaml_node *config,
				     const struct yaml_node *at);
