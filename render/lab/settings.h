/* What a person may set on a node, layer by layer: built-in values, KNLConfig's
 * defaultNode, the lab's defaults, the node itself. A pointer that is NULL is a
 * field that the layer leaves alone. */
#pragma once

#include "render/lab/command_line.h"
#include "render/lab/lab.h"
#include "render/lab/ports.h"
#include "render/lab/reader.h"

struct vm_settings {
	const char *image, *disk_size, *memory, *user, *password;
	const int64_t *cpu;
	const bool *cpu_pin, *huge_page;
	const enum init_method *init;
	const struct port_list *ports;
};

struct pod_settings {
	const char *image, *disk_size, *memory, *cpu;
	const struct command_line *command;
	const bool *privileged;
};

/* One layer. A type that is there with no field set is not NULL. */
struct node_settings {
	const struct vm_settings *vm;
	const struct pod_settings *pod;
	const struct yaml_pair *unsupported; /* a type of KNL's that labsync does not build */
	bool broken; /* a field was refused, so that a missing one proves nothing */
};

/* A node, and the defaults of several types of nodes. */
extern const struct value_type node_type, defaults_type;

/* One node: any type key, of which the caller takes one. */
void settings_read_node(struct reader *reader, const struct yaml_node *mapping, struct node_settings *settings);

/* Defaults: several type keys at once; types that labsync does not build are
 * accepted with a warning. `what` is the field's name for messages. */
void settings_read_defaults(struct reader *reader, const struct yaml_node *mapping, const char *what,
			    struct node_settings *settings);

/* What is set after the layers, lowest first, were laid over the built-in values. */
void settings_merge_vm(const struct node_settings *const *layers, size_t count, struct vm_settings *merged);
void settings_merge_pod(const struct node_settings *const *layers, size_t count, struct pod_settings *merged);

/* True when guest memory of that size is made of whole 1Gi pages. */
bool memory_fills_huge_pages(const char *memory);

/* The type called `name`; false when labsync does not build it. */
bool node_type_parse(const char *name, enum node_type *type);
/* True for KNL's other types: srl, srsim, vsim, vsri, magc. */
bool node_type_is_unsupported(const char *name);
void node_type_refuse(struct reader *reader, size_t line, size_t column, const char *name);
