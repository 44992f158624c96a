/* What a person may set on a node, in one layer: KNLConfig's defaultNode, a
 * folder's Defaults, the lab's defaults, the node itself. What is NULL is left
 * alone by the layer. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/reader.h"

struct lab_link_defaults;

/* One layer. A type that is there with no field set is not NULL. */
struct node_settings {
	const struct lab_vm *vm;
	const struct lab_pod *pod;
	const struct lab_srl *srl;
	const struct lab_machine *machine; /* of a node only */
	const struct lab_link_defaults *link; /* of defaults only */
	const struct yaml_pair *unsupported; /* a type of KNL's that labsync does not build */
	bool broken; /* a field was refused, so that a missing one proves nothing */
};

/* Layers, lowest first. */
struct settings_layers {
	const struct node_settings *const *items;
	size_t count;
};

/* A node, and the defaults of several types of nodes. */
extern const struct value_type node_type, defaults_type;

/* One node: any type key, of which the caller takes one. */
void settings_read_node(struct reader *reader, const struct yaml_node *mapping, struct node_settings *settings);

/* Defaults: several type keys at once; types that labsync does not build are
 * accepted with a warning. `what` is the field's name for messages. The layer
 * is the reader's. */
void settings_read_defaults(struct reader *reader, const struct yaml_node *mapping, const char *what,
			    struct node_settings *settings);

/* What is set after `node` and the layers below it were laid over the built-in
 * values. `node` may be NULL. */
const struct lab_vm *settings_merge_vm(struct arena *arena, const struct settings_layers *layers,
				       const struct node_settings *node);
const struct lab_pod *settings_merge_pod(struct arena *arena, const struct settings_layers *layers,
					 const struct node_settings *node);
const struct lab_srl *settings_merge_srl(struct arena *arena, const struct settings_layers *layers,
					 const struct node_settings *node);

/* The links' defaults of all layers; NULL when none gives any. */
const struct lab_link_defaults *settings_merge_link(struct arena *arena, const struct settings_layers *layers);

/* The type called `name`; false when labsync does not build it. */
bool node_type_parse(const char *name, enum node_type *type);
/* True for KNL's other types: srsim, vsim, vsri, magc. */
bool node_type_is_unsupported(const char *name);
void node_type_refuse(struct reader *reader, size_t line, size_t column, const char *name);
