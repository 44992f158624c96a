/* What an unquoted scalar means, as go-yaml v2 (and so Kubernetes) reads it:
 *   true false yes no on off y n   booleans
 *   ~ null and nothing         null
 *   12 -1_000 0x1f 0b11 017 0o17   integers; beyond 64 bits a real
 *   1.5 .5 1e3                 reals
 *   .inf .nan                  refused, JSON has none
 *   12:20:22:00:00:01 2026-01-01   text */
#pragma once

#include "render/yaml/builder.h"

enum yaml_style { YAML_PLAIN, YAML_QUOTED };

/* Sets kind and value of a node whose text is set. */
void yaml_scalar_resolve(struct yaml_node *node);

/* The same, by `tag` where there is one (NULL otherwise), and by whether it was quoted. */
void yaml_scalar_finish(struct yaml_builder *builder, struct yaml_node *node, const char *tag, enum yaml_style style);

/* A mapping's key as Kubernetes spells it; NULL, and a mistake, when the node can be none. */
const char *yaml_key_text(struct yaml_builder *builder, const struct yaml_node *node);

/* "!!int" for a tag of YAML's own, for messages. In the arena. */
const char *yaml_tag_shown(struct yaml_builder *builder, const char *tag);
