/* The field `objects`: Kubernetes' own objects, which the lab brings along as
 * they are. labsync looks at what it knows them by, their metadata, and at the
 * data of Secrets and ConfigMaps; the rest is told by the rules of render/admission
 * once they are rendered, and by the server. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/manifest_kinds.h"
#include "render/lab/reader.h"

enum { MANIFESTS_MAX = 1000, MANIFEST_SIZE_MAX = 1024 * 1024 /* bytes, of text */ };

extern const struct value_type manifests_type;

/* Sets lab->manifests from `pair`, a sequence, which may be NULL; the lab's name and namespace are known. */
void manifests_settle(struct reader *reader, const struct yaml_pair *pair, struct lab *lab);
