#include "render/dialects/vmoperator/secrets.h"

#include <string.h>

#include "base/text.h"

#define KUBEVIRT "kubevirt"

static const char *text_of(const struct yaml_node *value)
{
	return value && value->kind == YAML_STRING ? value->text : NULL;
}

enum secret_outcome vsphere_secret_value(const struct translation *translation, const char *kind, const char *name,
					 const char *key, const char **value)
{
	const struct fact *fact = facts_find(translation->facts, KUBEVIRT, kind, translation->namespace_name, name);
	bool is_secret = text_equal(kind, "Secret");
	const char *encoded;

	*value = NULL;
	if (fact == NULL || fact->root == NULL)
		return SECRET_ABSENT;
	/* As in the cluster, plain text holds over what is encoded. */
	*value = text_of(yaml_get(yaml_get(fact->root, is_secret ? "stringData" : "data"), key));
	encoded = text_of(yaml_get(yaml_get(fact->root, is_secret ? "data" : "binaryData"), key));
	if (*value == NULL && encoded)
		*value = tree_decode_text(translation->reader->arena, encoded);
	return *value ? SECRET_FOUND : SECRET_WITHOUT_KEY;
}
