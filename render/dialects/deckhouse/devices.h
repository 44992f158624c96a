/* A disk or image as a device of a VM. */
#pragma once

#include "render/dialects/deckhouse/machines.h"

enum device_presence {
	DEVICE_FIXED, /* from start to end */
	DEVICE_ATTACHED /* comes and goes while the VM runs */
};

struct device {
	const char *kind, *name;
	const struct yaml_node *at; /* where it is named */
	enum device_presence presence;
	int64_t boot_order; /* 0: not booted from */
	const struct yaml_node *boot_order_at;
};

/* The entry of the VM's `disks`; NULL after it told what is wrong, to `translation`, which may be another than the machine's. */
struct yaml_node *device_build(struct translation *translation, const struct machine *machine,
			       const struct device *device);
