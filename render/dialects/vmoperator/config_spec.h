/* configSpec of a VirtualMachineClass: vSphere's own description of a machine, of which a part has a meaning here. */
#pragma once

#include "render/lab/reader.h"

const void *config_spec_read(struct reader *reader, const struct yaml_pair *pair); /* const struct class_config * */
