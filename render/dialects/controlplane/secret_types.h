/* Types of Control Plane's secrets. */
#pragma once

#include <stdbool.h>

#include "render/dialects/translation.h"

extern const char *const secret_type_names[]; /* ends with NULL */

void secret_translate(struct translation *translation, const struct fact *document);

/* The value of a key of the Secret that it becomes; NULL when there is none, or it is no text. */
const struct yaml_node *secret_value(struct arena *arena, const struct fact *secret, const char *key);

/* Where such a value belongs in a Secret: "data" when it is in base64, or "stringData". */
const char *secret_field(const struct fact *secret);

/* Whose public key is beside a private one. */
bool secret_is_key_pair(const struct fact *secret);

/* A Secret with one key, or with none; `field` is "data" for base64, or "stringData". */
struct yaml_node *secret_object_new(struct arena *arena, const struct yaml_node *at, const char *name,
				    const char *field, const char *key, const struct yaml_node *value);

/* A Secret with the same keys as another. */
const struct yaml_node *secret_copy_new(struct arena *arena, const struct yaml_node *at, const char *name,
					const struct fact *secret);
