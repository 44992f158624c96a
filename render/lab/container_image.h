/* References to container images, as container runtimes parse them:
 * [registry[:port]/]repository[:tag][@digest]. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type container_image_type;

/* What is wrong with a reference, in words that do not repeat it; NULL when it is good. */
const char *container_image_wrong(const char *reference);

/* Fields' readers, of a pod's and of SR Linux' image; const char *. */
const void *pod_image_read(struct reader *reader, const struct yaml_pair *pair);
const void *srl_image_read(struct reader *reader, const struct yaml_pair *pair);
