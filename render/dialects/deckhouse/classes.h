/* VirtualMachineClass: what VMs of a class may be like, and where they run. */
#pragma once

#include "render/dialects/deckhouse/deckhouse.h"

struct class_cpu {
	struct settings settings;
	const char *type;
	const char *model; /* of Model */
	const struct value_list *features; /* of Features; text */
	const void *discovery; /* of Discovery; without effect */
};

struct class_node_selector {
	struct settings settings;
	const struct yaml_node *labels, *expressions; /* as they are */
};

struct class_span {
	struct settings settings;
	const char *least, *most; /* quantities; NULL: any */
};

struct class_memory {
	struct settings settings;
	const char *least, *most, *step;
	const struct class_span *per_core;
};

struct class_cores {
	struct settings settings;
	const int64_t *least, *most, *step;
};

struct class_sizing {
	struct settings settings;
	const struct class_cores *cores;
	const struct class_memory *memory;
	const struct value_list *fractions; /* const int64_t *, percent */
	const int64_t *default_fraction;
	const void *dedicated; /* without effect */
};

struct class_spec {
	struct settings settings;
	const struct class_cpu *cpu;
	const struct class_node_selector *node_selector;
	const struct yaml_node *tolerations;
	const struct value_list *sizing; /* struct class_sizing */
};

extern const struct value_type class_spec_type;

/* "10%", or 10: const int64_t *, from 1 to 100. */
const void *core_fraction_read(struct reader *reader, const struct yaml_pair *pair);
extern const struct value_type core_fraction_type;

void class_check(struct reader *reader, const struct fact *document);

/* What a VM asks for. */
struct class_wish {
	const char *class_name;
	int64_t cores;
	const struct yaml_node *cores_at;
	const char *memory;
	const struct yaml_node *memory_at;
	const int64_t *fraction; /* percent; NULL: not said */
	const struct yaml_node *fraction_at;
};

/* The share of its cores that the VM is guaranteed, in percent. 0 after it told what the class does not allow. */
int64_t class_fit(struct reader *reader, const struct class_spec *class, const struct class_wish *wish);
