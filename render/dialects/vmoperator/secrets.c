#include "render/dialects/vmoperator/secrets.h"

#include <string.h>

#include "base/digest.h"
#include "base/text.h"

#define KUBEVIRT "kubevirt"

static const char *text_of(const struct yaml_node *value)
{
	return value && value->kind == YAML_STRING ? value->text : NULL;
}

/* NULL when it is no base64, or no text. */
static const char *decoded(struct arena *arena, const char *encoded)
{
	size_t length = 0;
	cleanup(free) uint8_t *value = encoded ? base64_decode_new(encoded, &length) : NULL;

	if (value == NULL || strlen((const char *)value) != length)
		return NULL;
	return arena_copy(arena, (const char *)value, length);
}

enum secret_outcome vsphere_secret_value(const struct translation *translation, const char *kind, const char *name,
					 const char *key, const char **value)
{
	const struct fact *fact = facts_find(translation->facts, KUBEVIRT, kind, translation->namespace_name, name);
	bool is_secret = text_equal(kind, "Secret");
	struct arena *arena = translation->reader->arena;

	*value = NULL;
	if (fact == NULL || fact->root == NULL)
		return SECRET_ABSENT;
	/* As in the cluster, plain text holds over what is encoded. */
	*value = text_of(yaml_get(yaml_get(fact->root, is_secret ? "stringData" : "data"), key));
	if (*value == NULL)
		*value = decoded(arena,
				 text_of(yaml_get(yaml_get(fact->root, is_secret ? "data" : "binaryData"), key)));
	return *value ? SECRET_FOUND : SECRET_WITHOUT_KEY;
}
