/* JSON (RFC 8259) to nodes with places.
 *
 * JSON is nearly a part of YAML, and libyaml takes most of it; but it refuses
 * surrogate pairs (\uD83D\uDE00), and folds the line separators U+2028 and
 * U+0085 that JSON keeps. So text that looks like JSON is read here first. */
#pragma once

#include "render/yaml/builder.h"

/* NULL when the text is not JSON, which says nothing yet: it may be YAML; or,
 * with the builder stopped, when it passes a limit. */
struct yaml_node *yaml_read_json(struct yaml_builder *builder, const char *text, size_t length);
