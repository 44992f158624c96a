/* Control Plane's workloads. */
#pragma once

#include "render/dialects/translation.h"

/* What workloads share: their subdomain, and the links to their volume sets. */
void workload_say_names(const struct fact *document, struct facts *facts);

void workload_translate(struct translation *translation, const struct fact *document);
