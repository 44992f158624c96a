/* The content of own user data: cloud-config and Ignition configs are looked into,
 * since what is wrong in them would only show in the guest, if at all. */
#pragma once

#include "render/lab/reader.h"
#include "render/lab/vm.h"

/* What was given under the key `name`: a value in the lab or a file. */
void cloud_init_check_value(struct reader *reader, const char *name, const struct yaml_node *value);
void cloud_init_check_file(struct reader *reader, const struct lab_text_file *file);
void ignition_check_value(struct reader *reader, const char *name, const struct yaml_node *value);
void ignition_check_file(struct reader *reader, const struct lab_text_file *file);
