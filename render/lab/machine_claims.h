/* The PersistentVolumeClaims that a `virtualMachine` has as disks, as far as its spec says. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "render/lab/machine.h"

struct machine_claim {
	const char *name;
	bool made; /* by a template of the machine's own */
	bool shared; /* it writes nothing there, or agrees with others about what it writes */
	size_t line, column;
};

void machine_claims_each(const struct lab_machine *machine,
			 void (*each)(void *context, const struct machine_claim *claim), void *context);
