/* What cloud-init knows at the top of a cloud-config. */
#pragma once

#include "render/lab/reader.h"

/* Warns at `place` of a key that cloud-init would pass over without a word. */
void cloud_config_key_check(struct reader *reader, const struct place *place, const char *key);
