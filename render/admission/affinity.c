#include "render/admission/known_fields.h"
#include "render/admission/rules.h"
#include "render/admission/words.h"

#include "base/json.h"

#include <string.h>

#define SPREADS "topologySpreadConstraints"

enum { WEIGHT_MAX = 100 };

/* A condition on labels, of nodes or of pods. */
static void requirement(const struct place *requirement, const char *const *operators)
{
	const char *word = place_text(requirement, "operator");
	const char *key = place_text(requirement, "key");
	struct place values = place_list(requirement, "values");
	size_t count = json_array_size(values.value);

	if (!place_is_given(requirement))
		return;
	if (key == NULL || !word_is_label_key(key))
		refuse_at(requirement, "key", "\"%.80s\" is no label; write [prefix/]name", key ? key : "");
	if (word == NULL) {
		cleanup(free) char *all = words_join_new(operators);

		refuse_at(requirement, "operator", "a condition needs an operator; use %s", all);
		return;
	}
	refuse_other_words(requirement, "operator", operators, WORDS_EMPTY_IS_UNSET);
	if ((strcmp(word, "In") == 0 || strcmp(word, "NotIn") == 0) && count == 0)
		refuse(&values, "%s needs values; give at least one", word);
	if ((strcmp(word, "Exists") == 0 || strcmp(word, "DoesNotExist") == 0) && count > 0)
		refuse(&values, "%s takes no values; drop them", word);
	if ((strcmp(word, "Gt") == 0 || strcmp(word, "Lt") == 0) && count != 1)
		refuse(&values, "%s needs exactly one value; give one number", word);
}

static void requirements(const struct place *parent, const char *key, const char *const *operators)
{
	struct place list = place_list(parent, key);

	for (size_t i = 0; i < place_count(&list); i++) {
		struct place item = place_item(&list, i);

		requirement(&item, operators);
	}
}

static void node_term(const struct place *term)
{
	static const char *const operators[] = { "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", NULL };
	static const char *const field_operators[] = { "In", "NotIn", NULL };
	struct place fields = place_list(term, "matchFields");

	requirements(term, "matchExpressions", operators);
	requirements(term, "matchFields", field_operators);
	for (size_t i = 0; i < place_count(&fields); i++) {
		struct place field = place_item(&fields, i);
		const char *key = place_text(&field, "key");

		if (key && strcmp(key, "metadata.name") != 0)
			refuse_at(&field, "key",
				  "nodes are found only by the field metadata.name; use matchExpressions");
	}
}

static void label_selector(const struct place *selector)
{
	static const char *const operators[] = { "In", "NotIn", "Exists", "DoesNotExist", NULL };

	requirements(selector, "matchExpressions", operators);
}

static void pod_term(const struct place *term)
{
	struct place selector = place_object(term, "labelSelector");
	const char *topology = place_text(term, "topologyKey");

	if (!place_is_given(term))
		return;
	if (topology == NULL)
		refuse_at(term, "topologyKey",
			  "a pod term needs a topologyKey; use kubernetes.io/hostname for one host");
	else if (!word_is_label_key(topology))
		refuse_at(term, "topologyKey", "\"%.80s\" is no label; write [prefix/]name", topology);
	label_selector(&selector);
}

/* The terms that are wished for: each has a weight and the term under `key`. */
static void preferred(const struct place *affinity, const char *key, void (*check)(const struct place *term))
{
	struct place list = place_list(affinity, "preferredDuringSchedulingIgnoredDuringExecution");

	for (size_t i = 0; i < place_count(&list); i++) {
		struct place item = place_item(&list, i);
		struct place term = place_object(&item, key);

		if (place_is_given(&item) && !place_has(&item, "weight"))
			refuse_at(&item, "weight", "what is preferred needs a weight; use 1 to 100");
		refuse_outside(&item, "weight", 1, WEIGHT_MAX, "weight");
		if (place_is_given(&item) && !place_is_given(&term))
			refuse(&term, "what is preferred is missing; give %s", key);
		check(&term);
	}
}

static void node_affinity(const struct place *affinity)
{
	struct place nodes = place_object(affinity, "nodeAffinity");
	struct place required = place_object(&nodes, "requiredDuringSchedulingIgnoredDuringExecution");
	struct place terms = place_list(&required, "nodeSelectorTerms");

	if (place_is_given(&required) && json_array_size(terms.value) == 0)
		refuse(&terms, "what is required is missing; give at least one term");
	for (size_t i = 0; i < place_count(&terms); i++) {
		struct place term = place_item(&terms, i);

		node_term(&term);
	}
	preferred(&nodes, "preference", node_term);
}

static void pod_affinity(const struct place *affinity, const char *key)
{
	struct place pods = place_object(affinity, key);
	struct place required = place_list(&pods, "requiredDuringSchedulingIgnoredDuringExecution");

	for (size_t i = 0; i < place_count(&required); i++) {
		struct place term = place_item(&required, i);

		pod_term(&term);
	}
	preferred(&pods, "podAffinityTerm", pod_term);
}

static void spread(const struct place *constraint, json_t *seen)
{
	static const char *const actions[] = { "DoNotSchedule", "ScheduleAnyway", NULL };
	struct place selector = place_object(constraint, "labelSelector");
	const char *key = place_text(constraint, "topologyKey");
	const char *action = place_text(constraint, "whenUnsatisfiable");
	cleanup(free) char *both = string_format("%s %s", key ? key : "", action ? action : "");

	if (!place_is_given(constraint))
		return;
	if (!place_has(constraint, "maxSkew"))
		refuse_at(constraint, "maxSkew", "a spread needs maxSkew; use 1 or more");
	refuse_outside(constraint, "maxSkew", 1, INT64_MAX, "maxSkew");
	if (key == NULL)
		refuse_at(constraint, "topologyKey", "a spread needs a topologyKey; use kubernetes.io/hostname");
	if (action == NULL)
		refuse_at(constraint, "whenUnsatisfiable",
			  "a spread needs whenUnsatisfiable; use DoNotSchedule or "
			  "ScheduleAnyway");
	refuse_other_words(constraint, "whenUnsatisfiable", actions, WORDS_EMPTY_IS_UNSET);
	label_selector(&selector);
	if (json_object_get(seen, both))
		refuse(constraint, "two spreads have this topologyKey and whenUnsatisfiable; keep one");
	json_object_set_new(seen, both, json_true());
}

static void affinity_rules(const struct place *affinity)
{
	node_affinity(affinity);
	pod_affinity(affinity, "podAffinity");
	pod_affinity(affinity, "podAntiAffinity");
}

void admission_check_affinity(const json_t *affinity, struct admission_findings *findings)
{
	struct place root = place_root(affinity, findings);

	affinity_rules(&root);
	known_fields_check(&root, known_affinity);
}

static void spreads_rules(const struct place *spreads)
{
	cleanup(json) json_t *seen = json_object();

	for (size_t i = 0; i < place_count(spreads); i++) {
		struct place constraint = place_item(spreads, i);

		spread(&constraint, seen);
	}
}

void admission_check_spread(const json_t *spec, struct admission_findings *findings)
{
	static const struct known_field known[] = {
		OBJECTS(SPREADS, known_topology_spread_constraint),
		KNOWN_END,
	};
	struct place root = place_root(spec, findings);
	struct place spreads = place_list(&root, SPREADS);

	spreads_rules(&spreads);
	known_fields_check(&root, known);
}

/* A98 */
void rules_affinity(const struct machine_view *machine)
{
	struct place affinity = place_object(&machine->instance, "affinity");
	struct place spreads = place_list(&machine->instance, SPREADS);

	affinity_rules(&affinity);
	spreads_rules(&spreads);
}
