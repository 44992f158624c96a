/* What cloud-init knows at the top of a cloud-config. */
#pragma once

#include "render/lab/reader.h"

/* Warns at `place` of a key that cloud-init would pass over without a word. */
void cloud_config_key_check(struct reader *reader, const struct place *place, const char *key);

/* Refuses a value under such a key that is of a type with which cloud-init's module would fail. */
void cloud_config_value_check(struct reader *reader, const struct place *place, const char *key,
			      const struct yaml_node *value);
