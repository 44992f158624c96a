/* Making YAML values, as a person would have written them: each has the place of
 * the value that it came from, so that what is wrong with it is told there. */
#pragma once

#include "render/lab/layers.h"
#include "render/yaml/yaml.h"

/* A value without a place of its own takes that of `at`, which is never NULL. */
struct yaml_node *tree_mapping(struct arena *arena, const struct yaml_node *at);
struct yaml_node *tree_list(struct arena *arena, const struct yaml_node *at);
struct yaml_node *tree_text(struct arena *arena, const struct yaml_node *at, const char *text);
struct yaml_node *tree_format(struct arena *arena, const struct yaml_node *at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
struct yaml_node *tree_integer(struct arena *arena, const struct yaml_node *at, int64_t number);
struct yaml_node *tree_boolean(struct arena *arena, const struct yaml_node *at, bool value);
/* A place alone, for values that are read by tables. */
struct yaml_node *tree_place(struct arena *arena, size_t line, size_t column);
struct yaml_node *tree_at(struct arena *arena, const struct place *place);

/* Sets `key`, in place of what it had. The key's place is the value's. `value` may be NULL: nothing happens then. It may be a
 * part of a parsed document: it is not changed. */
void tree_set(struct arena *arena, struct yaml_node *mapping, const char *key, const struct yaml_node *value);
/* The same for a text; nothing happens when that is NULL. */
void tree_set_text(struct arena *arena, struct yaml_node *mapping, const char *key, const char *text,
		   const struct yaml_node *at);
void tree_append(struct arena *arena, struct yaml_node *list, const struct yaml_node *value);
/* The mapping under `key`, made when it is not there. */
struct yaml_node *tree_mapping_at(struct arena *arena, struct yaml_node *mapping, const char *key,
				  const struct yaml_node *at);
struct yaml_node *tree_list_at(struct arena *arena, struct yaml_node *mapping, const char *key,
			       const struct yaml_node *at);
/* What base64 says, as text; NULL when it is no base64, or not of text (UTF-8, without control characters). */
const char *tree_decode_text(struct arena *arena, const char *encoded);
bool tree_is_text(const void *data, size_t length);
/* A copy of a mapping or list that can be changed; what is in it is shared until it is copied, too. */
struct yaml_node *tree_copy(struct arena *arena, const struct yaml_node *value);
