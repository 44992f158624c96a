/* resources of a VM: what its pod asks of the worker, beside what the guest sees. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type machine_resources_type, requests_type, limits_type;
