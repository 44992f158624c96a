#include "render/admission/known_fields.h"

#include "base/text.h"
#include "render/admission/findings.h"

#include <string.h>

enum { FIELDS_MAX = 64 }; /* of one mapping; devices, the largest, has about 40 */

const struct known_field known_nothing[] = { KNOWN_END };

static void value_check(const struct place *place, const struct known_field *field);

static bool is_told(const struct place *place)
{
	cleanup(free) char *path = place_path_new(place);

	return admission_findings_has(place->findings, path);
}

static bool is_of_type(const json_t *value, enum known_type type)
{
	switch (type) {
	case KNOWN_TEXT:
		return json_is_string(value);
	case KNOWN_WHOLE:
		return json_is_integer(value);
	case KNOWN_NUMBER:
		return json_is_number(value);
	case KNOWN_FLAG:
		return json_is_boolean(value);
	case KNOWN_AMOUNT:
		return json_is_string(value) || json_is_number(value);
	case KNOWN_MAPPING:
		return json_is_object(value);
	case KNOWN_ANYTHING:
		break;
	}
	return true;
}

static const char *type_wanted(enum known_type type)
{
	static const char *const wanted[] = {
		[KNOWN_TEXT] = "text, in quotes",     [KNOWN_WHOLE] = "a whole number",
		[KNOWN_NUMBER] = "a number",          [KNOWN_FLAG] = "true or false",
		[KNOWN_AMOUNT] = "a number or text",  [KNOWN_MAPPING] = "a mapping",
		[KNOWN_ANYTHING] = "any other value",
	};

	return wanted[type];
}

static void refuse_wrong_type(const struct place *place, const char *wanted)
{
	if (!is_told(place))
		refuse_type(place, wanted);
}

static void one_check(const struct place *place, const struct known_field *field)
{
	if (place->value == NULL)
		return;
	if (!is_of_type(place->value, field->type))
		refuse_wrong_type(place, type_wanted(field->type));
	else if (field->type == KNOWN_MAPPING)
		known_fields_check(place, field->fields);
}

static void list_check(const struct place *place, const struct known_field *field)
{
	if (!json_is_array(place->value)) {
		refuse_wrong_type(place, "a list");
		return;
	}
	for (size_t i = 0; i < place_count(place); i++) {
		struct place item = place_item_any(place, i);

		one_check(&item, field);
	}
}

static void map_check(const struct place *place, const struct known_field *field)
{
	const char *key;
	json_t *value;

	if (!json_is_object(place->value)) {
		refuse_wrong_type(place, "a mapping");
		return;
	}
	json_object_foreach ((json_t *)place->value, key, value) {
		struct place item = place_member(place, key, value);

		one_check(&item, field);
	}
}

static void value_check(const struct place *place, const struct known_field *field)
{
	if (field->shape == KNOWN_LIST)
		list_check(place, field);
	else if (field->shape == KNOWN_MAP)
		map_check(place, field);
	else
		one_check(place, field);
}

static const struct known_field *field_of(const struct known_field *fields, const char *name)
{
	for (; fields->name; fields++) {
		if (strcmp(fields->name, name) == 0)
			return fields;
	}
	return NULL;
}

/* A name that is like none may be of a newer KubeVirt than this file: the server has the last word. */
static void unknown_tell(const struct place *place, const struct known_field *fields)
{
	const char *names[FIELDS_MAX + 1] = { NULL }, *nearest;

	for (size_t i = 0; fields[i].name && i < FIELDS_MAX; i++)
		names[i] = fields[i].name;
	nearest = text_nearest(place->key, names);
	if (nearest)
		refuse(place, "KubeVirt has no field \"%.60s\" here; did you mean %s?", place->key, nearest);
	else
		warn(place, "KubeVirt 1.9 has no field \"%.60s\" here; drop it, unless the cluster's is newer",
		     place->key);
}

static void needed_check(const struct place *place, const struct known_field *fields)
{
	for (; fields->name; fields++) {
		struct place member;

		if (!fields->needed)
			continue;
		member = place_at(place, fields->name);
		if (member.value == NULL && !is_told(&member))
			refuse(&member, "%s is missing; give it", fields->name);
	}
}

void known_fields_check(const struct place *place, const struct known_field *fields)
{
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)place->value, key, value) {
		const struct known_field *field = field_of(fields, key);
		struct place member = place_member(place, key, value);

		if (field == NULL)
			unknown_tell(&member, fields);
		else if (member.value)
			value_check(&member, field);
	}
	needed_check(place, fields);
}
