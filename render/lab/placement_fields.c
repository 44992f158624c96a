#include "render/lab/placement_fields.h"

#include "base/json.h"
#include "base/text.h"
#include "render/admission/admission.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

enum { SELECTORS_MAX = 64, NEIGHBOURS_MAX = 256, CONSTRAINTS_MAX = 16, TOLERATIONS_MAX = 64, SKEW_MAX = 1000 };

#define SPREAD_KEY "kubernetes.io/hostname"
#define SPREAD_STRICTNESS "ScheduleAnyway"

/* Kubernetes' own check of a toleration (ValidateTolerations). */
static void toleration_check(struct reader *reader, const struct lab_toleration *toleration)
{
	const struct place *place = &toleration->settings.place;
	bool exists = text_equal(toleration->operator, "Exists");

	if (toleration->key == NULL && !exists)
		reader_error_at(reader, place,
				"toleration has no key; add the taint's, or \"operator: Exists\" to tolerate every "
				"taint");
	if (exists && toleration->value)
		reader_error_at(reader, place,
				"toleration with operator Exists takes no value; remove it, or use operator Equal");
	if (toleration->seconds && !text_equal(toleration->effect, "NoExecute"))
		reader_error_at(reader, place,
				"tolerationSeconds is only of effect NoExecute; add \"effect: NoExecute\", or remove "
				"it");
}

static const void *toleration_value_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!is_label_value(pair->value->text))
		return reader_refuse(
			reader, pair->value,
			"value %s is no value of a taint; use at most 63 letters, digits, \"-\", \"_\" and "
			"\".\", with a letter or digit at both ends",
			reader_quote(reader, pair->value->text));
	return pair->value->text;
}

static const char *const operators[] = { "Exists", "Equal", NULL };
static const char *const effects[] = { "NoSchedule", "PreferNoSchedule", "NoExecute", NULL };
static const char *const strictness[] = { "DoNotSchedule", SPREAD_STRICTNESS, NULL };

static const struct value_type operator_type = { .name = "text", .shape = VALUE_TEXT, .allowed = operators };
static const struct value_type effect_type = { .name = "text", .shape = VALUE_TEXT, .allowed = effects };
static const struct value_type strictness_type = { .name = "text", .shape = VALUE_TEXT, .allowed = strictness };
static const struct value_type taint_value_type = {
	.name = "text",
	.shape = VALUE_TEXT,
	.pattern = "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$",
};
/* Kubernetes takes negative seconds, too: "at once", as 0 is. */
static const struct value_type seconds_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 0,
	.maximum = INT32_MAX,
};
static const struct value_type skew_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = SKEW_MAX,
};

static const struct field toleration_fields[] = {
	{ "key", qualified_name_read, offsetof(struct lab_toleration, key), &qualified_name_type,
	  "The key of the taint. Without it, and with operator Exists, every taint is tolerated.", .fallback = NULL },
	{ "operator", NULL, offsetof(struct lab_toleration, operator), &operator_type,
	  "Whether the taint must have the given value (Equal) or any (Exists). Without it, Equal.",
	  .fallback = NULL },
	{ "value", toleration_value_read, offsetof(struct lab_toleration, value), &taint_value_type,
	  "The value of the taint.", .fallback = NULL },
	{ "effect", NULL, offsetof(struct lab_toleration, effect), &effect_type,
	  "The effect of the taint. Without it, every effect is tolerated.", .fallback = NULL },
	{ "tolerationSeconds", NULL, offsetof(struct lab_toleration, seconds), &seconds_type,
	  "How long the node stays on a worker after it got a taint of effect NoExecute. Without it, for ever.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct field spread_fields[] = {
	{ "topologyKey", qualified_name_read, offsetof(struct lab_spread, topology_key), &qualified_name_type,
	  "The label of workers whose values are the places that nodes are spread over, like "
	  "topology.kubernetes.io/zone. Without it, " SPREAD_KEY ": over the workers.",
	  .fallback = NULL },
	{ "maxSkew", NULL, offsetof(struct lab_spread, max_skew), &skew_type,
	  "By how many nodes of the lab two places may differ. Without it, 1.", .fallback = NULL },
	{ "whenUnsatisfiable", NULL, offsetof(struct lab_spread, when_unsatisfiable), &strictness_type,
	  "Whether a node that would break this waits (DoNotSchedule) or starts all the same (ScheduleAnyway). "
	  "Without it, " SPREAD_STRICTNESS ".",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type toleration_type = {
	.name = "Toleration",
	.shape = VALUE_OBJECT,
	.fields = toleration_fields,
	.size = sizeof(struct lab_toleration),
};
static const struct value_type tolerations_type = {
	.shape = VALUE_LIST,
	.items = &toleration_type,
	.items_max = TOLERATIONS_MAX,
};
static const struct value_type spread_type = {
	.name = "Spread",
	.shape = VALUE_OBJECT,
	.fields = spread_fields,
	.size = sizeof(struct lab_spread),
};

static const void *tolerations_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct value_list *list = value_read(reader, pair, &tolerations_type);

	for (size_t i = 0; list && reader->errors == before && i < list->count; i++)
		toleration_check(reader, list->items[i]);
	return list;
}

static const struct value_type selector_type = {
	.shape = VALUE_MAP,
	.items = &text_type,
	.items_max = SELECTORS_MAX,
	.key_pattern = "^([^/]+/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",
};

static const void *node_selector_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_map *map = value_read(reader, pair, &selector_type);

	for (size_t i = 0; map && i < map->count; i++) {
		if (!is_qualified_name(map->keys[i]))
			reader_error_at(reader, &map->places[i],
					"nodeSelector: %s is no key of a label; write it like example.com/rack",
					reader_quote(reader, map->keys[i]));
		else if (!is_label_value(map->values[i]))
			reader_error_at(
				reader, &map->places[i],
				"nodeSelector: %s is no value of a label; use at most 63 letters, digits, \"-\", "
				"\"_\" and \".\", with a letter or digit at both ends",
				reader_quote(reader, map->values[i]));
	}
	return map;
}

static const struct value_type neighbours_type = {
	.shape = VALUE_LIST,
	.items = &host_name_type,
	.items_max = NEIGHBOURS_MAX,
};

/* That the nodes are there is seen once the lab is read: neighbours_check(). */
static const void *anti_affinity_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &neighbours_type);

	for (size_t i = 0; list && i < list->count; i++)
		for (size_t k = 0; k < i; k++)
			if (text_equal(list_text(list, k), list_text(list, i)))
				reader_error_at(reader, &list->places[i], "antiAffinity names %s twice; keep one",
						reader_quote(reader, list_text(list, i)));
	return list;
}

static void keys_check(struct reader *reader, const struct yaml_pair *pair, const char *const *known)
{
	if (value_mapping_pair(reader, pair) == NULL)
		return;
	for (size_t i = 0; i < pair->value->count; i++) {
		const struct yaml_pair *entry = &pair->value->pairs[i];
		const char *nearest = text_nearest(entry->key, known);
		const char *const *name = known;

		while (*name && !text_equal(*name, entry->key))
			name++;
		if (*name == NULL)
			reader_error(reader, entry->line, entry->column, "unknown field %s in %s; use %s",
				     reader_quote(reader, entry->key), pair->key, nearest ? nearest : known[0]);
	}
}

/* What the API server would say. `value` is what `root` is as JSON; paths of findings are told behind `prefix`. */
static void findings_tell(struct reader *reader, const struct yaml_pair *pair, const struct yaml_node *root,
			  const json_t *value, const char *prefix, const struct admission_findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct admission_finding *finding = &findings->items[i];
		const struct yaml_node *node = admission_place(root, value, finding->path, NULL);
		const struct place place = { reader->path, node ? node->line : pair->line,
					     node ? node->column : pair->column };

		if (finding->severity == DIAGNOSTIC_WARNING)
			reader_warn_at(reader, &place, "%s%s: %s", prefix, finding->path, finding->message);
		else
			reader_error_at(reader, &place, "%s%s: %s", prefix, finding->path, finding->message);
	}
}

static void affinity_judge(struct reader *reader, const struct yaml_pair *pair)
{
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;
	cleanup(json) json_t *affinity = yaml_to_json_new(pair->value);

	admission_check_affinity(affinity, &findings);
	findings_tell(reader, pair, pair->value, affinity, "affinity.", &findings);
}

static void spread_constraints_judge(struct reader *reader, const struct yaml_pair *pair)
{
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;
	const struct yaml_node root = { .kind = YAML_MAPPING, .pairs = (struct yaml_pair *)pair, .count = 1 };
	cleanup(json) json_t *spec = yaml_to_json_new(&root);

	admission_check_spread(spec, &findings);
	findings_tell(reader, pair, &root, spec, "", &findings);
}

/* Kubernetes' affinity as it is. A word that is wrong on the outer two levels is told alone: below it nothing is known. */
static const void *affinity_read(struct reader *reader, const struct yaml_pair *pair)
{
	static const char *const kinds[] = { "nodeAffinity", "podAffinity", "podAntiAffinity", NULL };
	static const char *const terms[] = { "requiredDuringSchedulingIgnoredDuringExecution",
					     "preferredDuringSchedulingIgnoredDuringExecution", NULL };
	size_t before = reader->errors;

	keys_check(reader, pair, kinds);
	for (size_t i = 0; reader->errors == before && i < pair->value->count; i++)
		keys_check(reader, &pair->value->pairs[i], terms);
	if (reader->errors == before)
		affinity_judge(reader, pair);
	return reader->errors == before ? pair->value : NULL;
}

static const void *spread_constraints_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;

	if (value_sequence_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->count > CONSTRAINTS_MAX)
		return reader_refuse(reader, pair->value, "%s has %zu entries; at most %d are taken", pair->key,
				     pair->value->count, CONSTRAINTS_MAX);
	spread_constraints_judge(reader, pair);
	return reader->errors == before ? pair->value : NULL;
}

static const struct value_type spread_constraint_type = {
	.name = "Kubernetes' TopologySpreadConstraint",
	.shape = VALUE_ANY,
};
static const struct value_type spread_constraints_type = {
	.shape = VALUE_LIST,
	.items = &spread_constraint_type,
	.items_max = CONSTRAINTS_MAX,
};
static const struct value_type affinity_type = { .name = "Kubernetes' Affinity", .shape = VALUE_ANY };

static const struct field placement_fields[] = {
	{ "nodeSelector", node_selector_read, offsetof(struct lab_placement, node_selector), &selector_type,
	  "Labels that a worker must have to run the node, like \"kubernetes.io/arch: amd64\".", .fallback = NULL },
	{ "affinity", affinity_read, offsetof(struct lab_placement, affinity), &affinity_type,
	  "Kubernetes' affinity, for wishes that the other fields cannot say.", .fallback = NULL },
	{ "antiAffinity", anti_affinity_read, offsetof(struct lab_placement, anti_affinity), &neighbours_type,
	  "Nodes of the lab that must run on other workers than this one.", .fallback = NULL },
	{ "tolerations", tolerations_read, offsetof(struct lab_placement, tolerations), &tolerations_type,
	  "Taints of workers that do not keep the node away.", .fallback = NULL },
	{ "spread", NULL, offsetof(struct lab_placement, spread), &spread_type,
	  "Spreads the nodes of the lab evenly. \"spread: {}\" spreads them over the workers.", .fallback = NULL },
	{ "topologySpreadConstraints", spread_constraints_read, offsetof(struct lab_placement, spread_constraints),
	  &spread_constraints_type,
	  "Kubernetes' topologySpreadConstraints as they are, beside spread, for other nodes than those of the lab.",
	  .fallback = NULL },
	{ "priorityClassName", object_name_read, offsetof(struct lab_placement, priority_class), &object_name_type,
	  "The PriorityClass of the node, which decides who goes first when the workers are full.",
	  .fallback = NULL },
	{ "schedulerName", object_name_read, offsetof(struct lab_placement, scheduler), &object_name_type,
	  "The scheduler that finds a worker, in place of the cluster's own.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type placement_type = {
	.name = "Placement",
	.shape = VALUE_OBJECT,
	.fields = placement_fields,
	.size = sizeof(struct lab_placement),
};

const struct lab_placement *placement_settle(struct reader *reader, const struct lab_placement *placement)
{
	static const int64_t skew = 1;
	struct lab_placement *settled;
	struct lab_spread *spread;

	if (placement == NULL || placement->spread == NULL)
		return placement;
	settled = arena_new(reader->arena, sizeof(*settled));
	spread = arena_new(reader->arena, sizeof(*spread));
	*settled = *placement;
	*spread = *placement->spread;
	if (spread->topology_key == NULL)
		spread->topology_key = SPREAD_KEY;
	if (spread->max_skew == NULL)
		spread->max_skew = &skew;
	if (spread->when_unsatisfiable == NULL)
		spread->when_unsatisfiable = SPREAD_STRICTNESS;
	settled->spread = spread;
	return settled;
}
