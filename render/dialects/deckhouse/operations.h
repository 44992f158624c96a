/* VirtualMachineOperation: what is done to a VM once. */
#pragma once

#include "render/dialects/deckhouse/deckhouse.h"

struct operation_restore {
	struct settings settings;
	const char *mode, *snapshot;
};

struct operation_customization {
	struct settings settings;
	const char *prefix, *suffix;
};

struct operation_renamed {
	struct settings settings;
	const char *kind, *name;
};

struct operation_renaming {
	struct settings settings;
	const struct operation_renamed *from;
	const char *to;
};

struct operation_clone {
	struct settings settings;
	const char *mode;
	const struct operation_customization *customization;
	const struct value_list *renamings; /* struct operation_renaming */
};

struct operation_spec {
	struct settings settings;
	const char *machine, *type;
	const bool *force;
	const struct operation_restore *restore;
	const struct operation_clone *clone;
	const void *nothing; /* of what is refused */
};

extern const struct value_type operation_spec_type;

void operation_translate(struct translation *translation, const struct fact *document);
