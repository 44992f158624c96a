#include "sync/secret_data.h"

#include <limits.h>
#include <openssl/evp.h>

#include "base/json.h"
#include "base/memory.h"
#include "sync/field_path.h"

/* Base64 text of a string value; what is no string stays, for the server to
 * refuse. New reference. */
static json_t *encoded_new(json_t *value)
{
	size_t length = json_string_length(value);
	cleanup(free) unsigned char *text = NULL;

	if (!json_is_string(value) || length > INT_MAX / 2)
		return json_incref(value);
	text = memory_new(4 * ((length + 2) / 3) + 1);
	EVP_EncodeBlock(text, (const unsigned char *)json_string_value(value), (int)length);
	return json_string((const char *)text);
}

json_t *secret_data_fold_new(const json_t *object)
{
	const struct object_type type = object_type_of(object);
	const json_t *texts = json_object_get(object, "stringData");
	json_t *folded, *data, *value;
	const char *name;

	if (!json_is_object(texts) || !object_type_is(&type, "", "Secret"))
		return json_incref((json_t *)object);
	folded = json_copy((json_t *)object);
	json_object_del(folded, "stringData");
	data = json_copy(json_object_get(object, "data"));
	if (!json_is_object(data)) {
		json_decref(data);
		data = json_object();
	}
	json_object_set_new(folded, "data", data);
	json_object_foreach ((json_t *)texts, name, value)
		if (!json_is_null(value))
			json_object_set_new(data, name, encoded_new(value));
	return folded;
}
