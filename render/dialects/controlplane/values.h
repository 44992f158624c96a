/* Values that several of Control Plane's documents have, and what is told of
 * fields that a VM cannot have or that mean nothing outside of Control Plane. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type refused_value_type; /* known, to say why not */
extern const struct value_type lost_value_type; /* accepted with a warning */
extern const struct value_type controlplane_port_type, controlplane_bus_type, controlplane_boot_order_type,
	controlplane_name_type, controlplane_uri_type, controlplane_link_type, controlplane_tags_type,
	controlplane_raw_mapping_type, controlplane_raw_list_type;

/* Line breaks and blanks between the characters of base64 mean nothing. */
const char *without_blanks(struct arena *arena, const char *text);

/* Refuses, with what to do instead; always NULL. */
const void *refused_read(struct reader *reader, const struct yaml_pair *pair);

/* Warns of what is lost, unless the value says that nothing is wished; always NULL. */
const void *lost_read(struct reader *reader, const struct yaml_pair *pair);

/* "^[a-z0-9-]+$" within the type's bounds, but such as Kubernetes takes: a DNS label; const char *. */
const void *name_label_read(struct reader *reader, const struct yaml_pair *pair);

/* The name in "cpln://volumeset/NAME"; const char *. */
const void *volume_set_link_read(struct reader *reader, const struct yaml_pair *pair);

/* "cpln://volumeset/NAME" or "cpln://secret/NAME", whole; const char *. */
const void *volume_uri_read(struct reader *reader, const struct yaml_pair *pair);

#define VOLUME_SET_PREFIX "cpln://volumeset/"
#define SECRET_PREFIX "cpln://secret/"

/* Rows that are alike wherever they are. `target` is the struct, with a member `refused` or `nothing`. */
#define REFUSED_FIELD(target, name, text)                                                                            \
	{                                                                                                            \
		name, refused_read, offsetof(struct target, refused), &refused_value_type, text, .fallback = NULL    \
	}
#define LOST_FIELD(target, name, text)                                                                               \
	{                                                                                                            \
		name, lost_read, offsetof(struct target, nothing), &lost_value_type, text, .fallback = NULL          \
	}
