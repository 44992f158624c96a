/* VirtualMachineBlockDeviceAttachment: a disk or image that comes to a VM while it runs. */
#pragma once

#include "render/dialects/deckhouse/machines.h"

struct attachment_spec {
	struct settings settings;
	const char *machine;
	const struct device_reference *device;
};

extern const struct value_type attachment_spec_type;

/* The VM and the device. */
void attachment_say_names(const struct fact *document, struct facts *facts);

/* Whether it says that it is one to the VM. */
bool attachment_is_of(const struct fact *fact, const char *machine);

/* Of all attachments of the same device to the same VM, the one that holds. */
const struct fact *attachment_first(const struct translation *translation, const struct fact *fact,
				    const struct attachment_spec *attachment);

void attachment_translate(struct translation *translation, const struct fact *document);
