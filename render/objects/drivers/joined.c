#include "render/objects/drivers/driver.h"

const struct driver driver_joined = { .name = "join" };
