/* cloudInit and ignition: what a person tells a guest at first boot, beside what
 * labsync tells it. */
#pragma once

#include "render/lab/reader.h"
#include "render/lab/vm.h"

enum { USER_DATA_MAX = 512 * 1024 }; /* with labsync's part and in base64 it must fit into a Secret of 1 MiB */

/* struct lab_own_init, whose content was looked at. */
extern const struct value_type cloud_init_type, ignition_type;
