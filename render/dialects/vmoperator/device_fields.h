/* Types of tables that only the VirtualMachine's own table names. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type advanced_v1alpha1_type;
