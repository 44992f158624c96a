#include "tests/unit/render/crd_schema.h"

#include "render/admission/findings.h"
#include "render/admission/place.h"
#include "render/admission/words.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

enum {
	SCHEMA_DEPTH_MAX = 64, /* of the object; KubeVirt's own goes to about 20 */
	SUGGESTIONS_MAX = 512 /* names that a misspelt one is compared with */
};

static void walk(const struct place *place, const json_t *schema, unsigned depth);

static bool says(const json_t *schema, const char *key)
{
	return json_is_true(json_object_get(schema, key));
}

/* Fields that no schema of a CRD names, since the server adds them to each. */
static bool is_of_every_object(const struct place *place, const char *key)
{
	static const char *const keys[] = { "apiVersion", "kind", "metadata", NULL };

	return place->parent == NULL && word_is_among(key, keys);
}

static void refuse_unknown(const struct place *parent, const char *key, const json_t *properties)
{
	const char *names[SUGGESTIONS_MAX + 1] = { NULL };
	struct place place = place_at(parent, key);
	const char *name, *nearest;
	size_t count = 0;
	json_t *value;

	json_object_foreach ((json_t *)properties, name, value) {
		if (count < SUGGESTIONS_MAX)
			names[count++] = name;
	}
	nearest = text_nearest(key, names);
	if (nearest)
		refuse(&place, "no field is named \"%.60s\" here; did you mean %s?", key, nearest);
	else
		refuse(&place, "no field is named \"%.60s\" here; drop it", key);
}

static void member(const struct place *parent, const char *key, const json_t *schema, unsigned depth)
{
	const json_t *properties = json_object_get(schema, "properties");
	const json_t *known = json_object_get(properties, key);
	const json_t *additional = json_object_get(schema, "additionalProperties");
	struct place place = { .value = json_object_get(parent->value, key),
			       .parent = parent,
			       .key = key,
			       .findings = parent->findings };

	if (is_of_every_object(parent, key))
		return;
	if (known)
		walk(&place, known, depth + 1);
	else if (json_is_object(additional))
		walk(&place, additional, depth + 1);
	else if (!json_is_true(additional) && !says(schema, "x-kubernetes-preserve-unknown-fields") &&
		 !says(schema, "x-kubernetes-embedded-resource"))
		refuse_unknown(parent, key, properties);
}

static void object(const struct place *place, const json_t *schema, unsigned depth)
{
	json_t *required = json_object_get(schema, "required"), *name, *value;
	const json_t *properties = json_object_get(schema, "properties");
	const char *key;
	size_t i;

	json_object_foreach ((json_t *)place->value, key, value) {
		member(place, key, schema, depth);
	}
	json_array_foreach (required, i, name) {
		const char *text = json_string_value(name);
		const json_t *known = text ? json_object_get(properties, text) : NULL;

		/* The server fills in a default before it looks. */
		if (text && !json_object_get(place->value, text) && !json_object_get(known, "default"))
			refuse_at(place, text, "%s is missing; give it", text);
	}
}

static void list(const struct place *place, const json_t *schema, unsigned depth)
{
	const json_t *items = json_object_get(schema, "items");
	const json_t *most = json_object_get(schema, "maxItems"), *least = json_object_get(schema, "minItems");
	size_t count = json_array_size(place->value);

	if (json_is_integer(most) && (json_int_t)count > json_integer_value(most))
		refuse(place, "%zu items are too many; use at most %jd", count, (intmax_t)json_integer_value(most));
	if (json_is_integer(least) && (json_int_t)count < json_integer_value(least))
		refuse(place, "%zu items are too few; use at least %jd", count, (intmax_t)json_integer_value(least));
	for (size_t i = 0; i < place_count(place); i++) {
		struct place item = { .value = json_array_get(place->value, i),
				      .parent = place,
				      .index = i,
				      .findings = place->findings };

		if (items)
			walk(&item, items, depth + 1);
	}
}

/* Length in characters, as the server counts; UTF-8 was checked when the text was read. */
static size_t characters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

static void text(const struct place *place, const json_t *schema)
{
	const json_t *most = json_object_get(schema, "maxLength"), *least = json_object_get(schema, "minLength");
	size_t length = characters(json_string_value(place->value));

	if (json_is_integer(most) && (json_int_t)length > json_integer_value(most))
		refuse(place, "%zu characters are too many; use at most %jd", length,
		       (intmax_t)json_integer_value(most));
	if (json_is_integer(least) && (json_int_t)length < json_integer_value(least))
		refuse(place, "%zu characters are too few; use at least %jd", length,
		       (intmax_t)json_integer_value(least));
}

static void number(const struct place *place, const json_t *schema)
{
	const json_t *most = json_object_get(schema, "maximum"), *least = json_object_get(schema, "minimum");
	double value = json_number_value(place->value);

	if (json_is_number(most) && value > json_number_value(most))
		refuse(place, "%g is too large; use at most %g", value, json_number_value(most));
	if (json_is_number(least) && value < json_number_value(least))
		refuse(place, "%g is too small; use at least %g", value, json_number_value(least));
}

static void enumeration(const struct place *place, const json_t *schema)
{
	json_t *words = json_object_get(schema, "enum"), *word;
	cleanup(free) char *allowed = NULL;
	size_t i;

	if (!json_is_array(words))
		return;
	json_array_foreach (words, i, word) {
		if (json_equal(word, place->value))
			return;
	}
	allowed = json_text_new(words);
	refuse(place, "this is none of the values that are known; use one of %.200s", allowed);
}

static bool has_type(const json_t *value, const char *type)
{
	return (strcmp(type, "object") == 0 && json_is_object(value)) ||
	       (strcmp(type, "array") == 0 && json_is_array(value)) ||
	       (strcmp(type, "string") == 0 && json_is_string(value)) ||
	       (strcmp(type, "integer") == 0 && json_is_integer(value)) ||
	       (strcmp(type, "number") == 0 && json_is_number(value)) ||
	       (strcmp(type, "boolean") == 0 && json_is_boolean(value));
}

static const char *wanted_type(const json_t *schema)
{
	static const struct {
		const char *type, *words;
	} rows[] = { { "object", "a mapping" },       { "array", "a list" },    { "string", "text" },
		     { "integer", "a whole number" }, { "number", "a number" }, { "boolean", "true or false" } };
	const char *type = json_text_at(schema, "type", NULL);

	for (size_t i = 0; type && i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].type, type) == 0)
			return rows[i].words;
	}
	return "something else";
}

/* False when the value has not the schema's type, which has then been told. */
static bool type_fits(const struct place *place, const json_t *schema)
{
	const char *type = json_text_at(schema, "type", NULL);

	if (says(schema, "x-kubernetes-int-or-string")) {
		if (json_is_integer(place->value) || json_is_string(place->value))
			return true;
		refuse(place, "this is neither text nor a whole number; quote it");
		return false;
	}
	if (type == NULL || has_type(place->value, type))
		return true;
	refuse(place, "this is not %s; write %s", wanted_type(schema), wanted_type(schema));
	return false;
}

static void walk(const struct place *place, const json_t *schema, unsigned depth)
{
	if (depth > SCHEMA_DEPTH_MAX) {
		refuse(place, "this is nested too deeply; no Kubernetes object is");
		return;
	}
	if (json_is_null(place->value)) {
		/* Where there is a default, the server puts it in the place of null. */
		if (!says(schema, "nullable") && !json_object_get(schema, "default"))
			refuse(place, "this is null; write %s or drop it", wanted_type(schema));
		return;
	}
	if (!type_fits(place, schema))
		return;
	enumeration(place, schema);
	if (json_is_object(place->value))
		object(place, schema, depth);
	else if (json_is_array(place->value))
		list(place, schema, depth);
	else if (json_is_string(place->value))
		text(place, schema);
	else if (json_is_number(place->value))
		number(place, schema);
}

void crd_schema_check(const json_t *object_value, const json_t *crd_schema, struct admission_findings *findings)
{
	struct place root = place_root(object_value, findings);

	if (place_is_given(&root))
		walk(&root, crd_schema, 0);
}
