#include "render/admission/rules.h"
#include "render/admission/words.h"

#include <stdlib.h>
#include <string.h>

/* The labels that a condition speaks of. */
static bool matches(const struct place *requirement, const struct place *labels)
{
	const char *key = place_text(requirement, "key"), *operator_name = place_text(requirement, "operator");
	const json_t *label = key ? json_object_get(labels->value, key) : NULL;
	struct place values = place_list(requirement, "values");
	bool among = false;

	if (operator_name == NULL || key == NULL)
		return true;
	for (size_t i = 0; label && i < place_count(&values); i++)
		among = among || json_equal(label, json_array_get(values.value, i));
	if (strcmp(operator_name, "In") == 0)
		return among;
	if (strcmp(operator_name, "NotIn") == 0)
		return !among;
	if (strcmp(operator_name, "Exists") == 0)
		return label != NULL;
	return label == NULL;
}

static void selector_expressions(const struct place *selector, const struct place *labels)
{
	static const char *const operators[] = { "In", "NotIn", "Exists", "DoesNotExist", NULL };
	struct place list = place_list(selector, "matchExpressions");

	for (size_t i = 0; i < place_count(&list); i++) {
		struct place item = place_item(&list, i);
		const char *word = place_text(&item, "operator");

		refuse_other_words(&item, "operator", operators, WORDS_EMPTY_IS_UNSET);
		if (place_is_given(&item) && (!place_has(&item, "key") || word == NULL))
			refuse(&item, "a condition needs key and operator; give both");
		else if (word && word_is_among(word, operators) && !matches(&item, labels))
			refuse(&item,
			       "the template's labels do not meet this; change virtualMachineTemplate.metadata."
			       "labels");
	}
}

/* A102 */
static void selector(const struct place *spec, const struct place *template)
{
	struct place place = place_object(spec, "selector");
	struct place wanted = place_object(&place, "matchLabels");
	struct place metadata = place_object(template, "metadata");
	struct place labels = place_object(&metadata, "labels");
	const char *key;
	json_t *value;

	if (!place_is_given(&place))
		refuse(&place, "a pool needs a selector; give matchLabels");
	json_object_foreach ((json_t *)wanted.value, key, value) {
		if (!json_equal(value, json_object_get(labels.value, key)))
			refuse_at(&wanted, key,
				  "the template has not this label; add it to virtualMachineTemplate."
				  "metadata.labels");
	}
	selector_expressions(&place, &labels);
}

/* A103 */
static void max_unavailable(const struct place *spec)
{
	struct place place = place_at(spec, "maxUnavailable");
	const char *text = json_string_value(place.value);
	char *end = NULL;
	long percent;

	if (place.value == NULL)
		return;
	if (text == NULL) {
		refuse_outside(spec, "maxUnavailable", 1, INT64_MAX, "maxUnavailable");
		return;
	}
	percent = text[0] >= '0' && text[0] <= '9' ? strtol(text, &end, 10) : 0;
	if (end == NULL || strcmp(end, "%") != 0 || percent < 1 || percent > 100)
		refuse(&place, "\"%.20s\" is no share; use a number from 1, or 1%% to 100%%", text);
}

/* A104 */
static void one_strategy(const struct place *spec, const char *key)
{
	static const char *const strategies[] = { "unmanaged", "opportunistic", "proactive", NULL };
	struct place place = place_object(spec, key);

	if (place_count_given(&place, strategies, NULL) > 1)
		refuse(&place, "%s is one of unmanaged, opportunistic and proactive; keep one", key);
}

void admission_check_pool(const json_t *pool, struct admission_findings *findings)
{
	struct place root = place_root(pool, findings);
	struct place spec = place_object(&root, "spec");
	struct place template = place_object(&spec, "virtualMachineTemplate");

	if (!place_is_given(&root))
		return;
	refuse_outside(&spec, "replicas", 0, INT32_MAX, "replicas");
	if (place_is_given(&template))
		rules_machine(&template);
	else
		refuse(&template,
		       "a pool needs the template of its machines; give virtualMachineTemplate"); /* A101 */
	selector(&spec, &template);
	max_unavailable(&spec);
	one_strategy(&spec, "scaleInStrategy");
	one_strategy(&spec, "updateStrategy");
}
