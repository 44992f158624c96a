#include "render/convert/layers.h"

#include "base/text.h"
#include "render/lab/values.h"

static const char at_start[] =
	"labsync configures no node that is up; put it into the image, or do it once: disks are "
	"kept";
static const char by_cluster[] = "that is the cluster's to decide";
static const char no_counterpart[] = "a lab has nothing like it";

static const struct rule {
	const char *name;
	const char *lost; /* why it does not come over; NULL: it does, as far as its reader says nothing */
} rules[] = {
	{ "kind", NULL },
	{ "image", NULL },
	{ "group", NULL },
	{ "cmd", NULL },
	{ "entrypoint", NULL },
	{ "exec", NULL },
	{ "cpu", NULL },
	{ "memory", NULL },
	{ "ports", NULL },
	{ "binds", NULL },
	{ "env", NULL },
	{ "image-pull-policy", NULL },
	{ "type", NULL },
	{ "aliases", no_counterpart },
	{ "auto-remove", by_cluster },
	{ "cap-add", "pods that come from containerlab are privileged, which includes it" },
	{ "certificate", "a lab issues no certificates" },
	{ "components", no_counterpart },
	{ "config", at_start },
	{ "cpu-set", by_cluster },
	{ "credentials", no_counterpart },
	{ "devices", "pods that come from containerlab are privileged, which includes it" },
	{ "dns", "names are resolved as the cluster does" },
	{ "enforce-startup-config", at_start },
	{ "env-files", "write its variables under env" },
	{ "extras", no_counterpart },
	{ "healthcheck", "write it as readinessProbe" },
	{ "kernel", no_counterpart },
	{ "labels", "those of a lab, spec.labels, are of all its objects" },
	{ "license", "put it into a Secret, whose name srl takes as license" },
	{ "mgmt-ipv4", "addresses on the pod network are the cluster's to give" },
	{ "mgmt-ipv6", "addresses on the pod network are the cluster's to give" },
	{ "network-mode", "every node is on the pod network too, by eth0" },
	{ "position", no_counterpart },
	{ "publish", no_counterpart },
	{ "restart-policy", by_cluster },
	{ "runtime", by_cluster },
	{ "sandbox", no_counterpart },
	{ "shm-size", no_counterpart },
	{ "stages", "all nodes start at once" },
	{ "startup-config", at_start },
	{ "startup-delay", "all nodes start at once" },
	{ "suppress-startup-config", at_start },
	{ "sysctls", "set them by the pod's own command" },
	{ "user", "a pod runs as its image says" },
	{ "wait-for", "all nodes start at once" },
};

enum { RULE_COUNT = sizeof(rules) / sizeof(rules[0]) };

static bool is_said_already(const struct diagnostics *list, size_t line, size_t column, const char *message)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].line == line && list->items[i].column == column &&
		    text_equal(list->items[i].message, message))
			return true;
	return false;
}

void loss_warn(struct reader *reader, size_t line, size_t column, const char *format, ...)
{
	cleanup(free) char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	if (!is_said_already(reader->diagnostics, line, column, message))
		reader_warn(reader, line, column, "%s", message);
}

void loss_warn_unknown(struct reader *reader, const struct yaml_pair *pair, const char *what,
		       const char *const *known)
{
	const char *nearest = text_nearest(pair->key, known);

	if (nearest)
		loss_warn(reader, pair->line, pair->column, "unknown key %s in %s is left out; did you mean \"%s\"?",
			  reader_quote(reader, pair->key), what, nearest);
	else
		loss_warn(reader, pair->line, pair->column, "unknown key %s in %s is left out",
			  reader_quote(reader, pair->key), what);
}

static const struct rule *rule_find(const char *name)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (text_equal(rules[i].name, name))
			return &rules[i];
	return NULL;
}

void layers_review(struct reader *reader, const struct yaml_node *mapping, const char *what)
{
	const char *names[RULE_COUNT + 1] = { NULL };

	for (size_t i = 0; i < RULE_COUNT; i++)
		names[i] = rules[i].name;
	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];
		const struct rule *rule = rule_find(pair->key);

		if (rule == NULL)
			loss_warn_unknown(reader, pair, what, names);
		else if (rule->lost && pair->value->kind != YAML_NULL)
			loss_warn(reader, pair->line, pair->column, "\"%s\" of %s is left out: %s", pair->key, what,
				  rule->lost);
	}
}

static const struct yaml_node *mapping_or_null(const struct yaml_node *node)
{
	return node && node->kind == YAML_MAPPING ? node : NULL;
}

static const char *text_of(const struct yaml_node *layer, const char *name)
{
	const struct yaml_node *value = layer ? yaml_get(layer, name) : NULL;

	return value && value->kind == YAML_STRING ? value->text : NULL;
}

/* The entry that `name` has in a table of layers, as topology.kinds is. */
static const struct yaml_node *layer_named(const struct yaml_node *topology, const char *table, const char *name)
{
	const struct yaml_node *entries = name ? yaml_get(topology, table) : NULL;

	return entries ? mapping_or_null(yaml_get(entries, name)) : NULL;
}

/* A group may name the kind, and a kind the group; a node's own word comes first. */
void layers_collect(const struct yaml_node *topology, const struct yaml_node *node, struct layers *said)
{
	const struct yaml_node **layers = said->of;
	const char *group = text_of(mapping_or_null(node), "group");

	*said = (struct layers){ .kind = NULL };
	layers[SAID_NODE] = mapping_or_null(node);
	layers[SAID_DEFAULTS] = mapping_or_null(yaml_get(topology, "defaults"));
	layers[SAID_GROUP] = layer_named(topology, "groups", group);
	said->kind = layers_find(said, "kind") ? layers_find(said, "kind")->value->text : NULL;
	layers[SAID_KIND] = layer_named(topology, "kinds", said->kind);
	if (group == NULL)
		group = text_of(layers[SAID_KIND], "group");
	if (group == NULL)
		group = text_of(layers[SAID_DEFAULTS], "group");
	layers[SAID_GROUP] = layer_named(topology, "groups", group);
}

const struct yaml_pair *layers_find(const struct layers *said, const char *name)
{
	for (size_t i = 0; i < SAID_COUNT; i++) {
		const struct yaml_pair *pair = said->of[i] ? yaml_get_pair(said->of[i], name) : NULL;

		if (pair && pair->value->kind != YAML_NULL)
			return pair;
	}
	return NULL;
}

const char *layers_text(struct reader *reader, const struct layers *said, const char *name)
{
	const struct yaml_pair *pair = layers_find(said, name);
	const char *text = pair ? value_scalar_text(pair->value) : NULL;

	if (pair && text == NULL)
		loss_warn(reader, pair->value->line, pair->value->column,
			  "%s is left out: it must be a string, not %s", name, yaml_kind_name(pair->value->kind));
	return text;
}
