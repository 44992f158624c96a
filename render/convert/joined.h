/* What the layers of a node add up to, instead of the strongest holding alone:
 * its environment and the files that are mounted into it. */
#pragma once

#include "base/json.h"
#include "render/convert/wiring.h"

/* A pod's env: {NAME: text}; new. NULL when there is none. */
json_t *joined_environment_build(struct reader *reader, const struct wiring_node *node);

/* A pod's files: [{path, file}]; new. NULL when there are none. A bind of something else than a file
 * beside the topology does not come over, which is said. */
json_t *joined_files_build(struct reader *reader, const struct wiring_node *node);
