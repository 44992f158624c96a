/* The fields of an SR Linux node. */
#pragma once

#include "render/lab/pod.h"
#include "render/lab/reader.h"

extern const struct value_type srl_type;
extern const struct lab_srl srl_built_in;

/* As pod_settle(). */
const struct lab_srl *srl_settle(struct reader *reader, const char *node, const struct place *place,
				 const struct lab_srl *merged, bool complete);

/* What to use instead of a node type of KNL's that labsync does not build (srsim,
 * vsim, vsri, magc): why it does not, and the substitute. NULL for every other name. */
const char *node_type_substitute(const char *name);
