/* What containerlab lets a person say about a node, and the layers in which it
 * can be said: topology.defaults, .kinds, .groups and .nodes. */
#pragma once

#include "render/lab/reader.h"

/* From the strongest to the weakest. */
enum said_layer { SAID_NODE, SAID_GROUP, SAID_KIND, SAID_DEFAULTS, SAID_COUNT };

struct layers {
	const struct yaml_node *of[SAID_COUNT]; /* NULL where there is none */
	const char *kind; /* NULL when no layer names one */
};

/* The layers of one node. `topology` is a mapping; parts of it that are none are as good as missing. */
void layers_collect(const struct yaml_node *topology, const struct yaml_node *node, struct layers *said);

/* The strongest layer's, or NULL; a null counts as not said. */
const struct yaml_pair *layers_find(const struct layers *said, const char *name);

/* The text of that, a number as it was written; NULL when there is none, or, with a warning, no text. */
const char *layers_text(struct reader *reader, const struct layers *said, const char *name);

/* Warns of each setting in one layer's mapping that is unknown or has no counterpart in a lab. */
void layers_review(struct reader *reader, const struct yaml_node *mapping, const char *what);

/* A warning of what does not come over, said once however often it is met. */
void loss_warn(struct reader *reader, size_t line, size_t column, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Of a key that is in no list of known ones; `known` ends with NULL. */
void loss_warn_unknown(struct reader *reader, const struct yaml_pair *pair, const char *what,
		       const char *const *known);
