#include "sync/condition.h"

#include "base/json.h"
#include "base/text.h"

const json_t *condition_find(const json_t *object, const char *type)
{
	const json_t *conditions = json_at(object, "status", "conditions", NULL), *condition;
	size_t i;

	json_array_foreach (conditions, i, condition)
		if (text_equal(json_text_at(condition, "type", NULL), type))
			return condition;
	return NULL;
}

bool condition_is(const json_t *object, const char *type, const char *status)
{
	return text_equal(json_text_at(condition_find(object, type), "status", NULL), status);
}

bool status_is_current(const json_t *object, const char *field)
{
	const json_t *generation = json_at(object, "metadata", "generation", NULL);
	const json_t *seen = json_at(object, "status", field, NULL);

	return !json_is_integer(generation) || !json_is_integer(seen) ||
	       json_integer_value(seen) >= json_integer_value(generation);
}
