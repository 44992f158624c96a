/* VirtualMachineService: a Service of Kubernetes for VMs, found by their labels. */
#pragma once

#include "render/dialects/translation.h"

extern const struct value_type service_document_type;
void service_translate(struct translation *translation, const struct fact *document);
