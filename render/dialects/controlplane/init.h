/* How what cloud-init is told reaches the guest. */
#pragma once

#include "render/dialects/controlplane/build.h"

/* True for a configuration drive, which some access credential wants; else NoCloud. */
bool init_is_config_drive(const struct workload_build *build);
