#include "render/dialects/vmoperator/service.h"

#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/lab/address.h"
#include "render/lab/document.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

#define HEADLESS "None"

static const char *const types[] = { "ClusterIP", "LoadBalancer", "ExternalName", NULL };
static const char *const protocols[] = { "TCP", "UDP", "SCTP", NULL };
static const struct value_type type_type = { .name = "text", .shape = VALUE_TEXT, .allowed = types };
static const struct value_type protocol_type = { .name = "text", .shape = VALUE_TEXT, .allowed = protocols };
static const struct value_type port_number_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = 65535,
};
static const struct value_type texts_type = { .shape = VALUE_LIST, .items = &text_type, .items_max = 64 };
static const struct value_type labels_type = { .shape = VALUE_MAP, .items = &text_type };

static const void *address_check(struct reader *reader, const struct yaml_pair *pair, const char *example)
{
	struct ip_address address;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!ip_address_parse(pair->value->text, &address))
		return reader_refuse(reader, pair->value, "%s %s is no IP address; write %s", pair->key,
				     reader_quote(reader, pair->value->text), example);
	return pair->value->text;
}

static const void *address_read(struct reader *reader, const struct yaml_pair *pair)
{
	return address_check(reader, pair, "one like 192.0.2.10");
}

static const void *cluster_address_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (pair->value->kind == YAML_STRING && text_equal(pair->value->text, HEADLESS))
		return pair->value->text;
	return address_check(reader, pair, "one like 192.0.2.10, or " HEADLESS);
}

static const void *ranges_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *ranges = value_read(reader, pair, &texts_type);
	struct ip_prefix range;

	for (size_t i = 0; ranges && i < ranges->count; i++)
		if (!ip_prefix_parse(list_text(ranges, i), &range))
			reader_error_at(reader, &ranges->places[i],
					"%s is no range of addresses; write it like 198.51.100.0/24",
					reader_quote(reader, list_text(ranges, i)));
	return ranges;
}

static const void *selector_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_map *labels = value_read(reader, pair, &labels_type);

	for (size_t i = 0; labels && i < labels->count; i++)
		if (!is_qualified_name(labels->keys[i]) || !is_label_value(labels->values[i]))
			reader_error_at(
				reader, &labels->places[i],
				"no VM can have the label %s: %s; use letters, digits, \"-\", \"_\" and \".\"",
				reader_quote(reader, labels->keys[i]), reader_quote(reader, labels->values[i]));
	return labels;
}

/* Only read to be checked: the Service is made of the document's own values. */
struct service_port {
	struct settings settings;
	const char *name, *protocol;
	const int64_t *port, *target;
};

#define PORT(member) offsetof(struct service_port, member)

static const struct field service_port_fields[] = {
	{ "name", host_name_read, PORT(name), &host_name_type, "The port's name, unique in the service.",
	  .fallback = NULL },
	{ "protocol", NULL, PORT(protocol), &protocol_type, "The protocol.", .fallback = "TCP" },
	{ "port", NULL, PORT(port), &port_number_type, "The port of the service.", .presence = FIELD_REQUIRED },
	{ "targetPort", NULL, PORT(target), &port_number_type, "The port of the VMs.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type service_port_type = {
	.name = "VMOperatorServicePort",
	.shape = VALUE_OBJECT,
	.fields = service_port_fields,
	.size = sizeof(struct service_port),
};
static const struct value_type ports_type = { .shape = VALUE_LIST, .items = &service_port_type, .items_max = 100 };

struct service_spec {
	struct settings settings;
	const char *type, *address, *cluster_address, *external_name;
	const struct value_list *ports, *ranges;
	const struct value_map *selector;
};

#define SERVICE(member) offsetof(struct service_spec, member)

static const struct field service_spec_fields[] = {
	{ "type", NULL, SERVICE(type), &type_type, "How the service is reached.", .presence = FIELD_REQUIRED },
	{ "ports", NULL, SERVICE(ports), &ports_type, "What it passes on.", .fallback = NULL },
	{ "selector", selector_read, SERVICE(selector), &labels_type, "The labels of the VMs that it passes to.",
	  .fallback = NULL },
	{ "loadBalancerIP", address_read, SERVICE(address), &text_type,
	  "The address that the load balancer is asked for.", .fallback = NULL },
	{ "loadBalancerSourceRanges", ranges_read, SERVICE(ranges), &texts_type, "From where it is reached.",
	  .fallback = NULL },
	{ "clusterIp", cluster_address_read, SERVICE(cluster_address), &text_type,
	  "Its address in the cluster, or None.", .fallback = NULL },
	{ "externalName", object_name_read, SERVICE(external_name), &object_name_type,
	  "The name that it stands for, of type ExternalName.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type service_spec_type = {
	.name = "VMOperatorServiceSpec",
	.shape = VALUE_OBJECT,
	.fields = service_spec_fields,
	.size = sizeof(struct service_spec),
};

static const struct field service_document_fields[] = { DIALECT_DOCUMENT_FIELDS(
	service_spec_type, "How VMs are reached: it becomes a Service of the same name.") };

const struct value_type service_document_type = {
	.name = "VirtualMachineService",
	.shape = VALUE_OBJECT,
	.fields = service_document_fields,
};

static struct yaml_node *spec_build(struct arena *arena, const struct yaml_node *given)
{
	struct yaml_node *spec = tree_mapping(arena, given);

	for (size_t i = 0; i < given->count; i++) {
		const struct yaml_pair *pair = &given->pairs[i];

		if (pair->value->kind == YAML_NULL)
			continue;
		tree_set(arena, spec, text_equal(pair->key, "clusterIp") ? "clusterIP" : pair->key, pair->value);
	}
	return spec;
}

/* Several ports are told apart by their names. */
static bool names_differ(struct reader *reader, const struct value_list *ports)
{
	for (size_t i = 0; ports && ports->count > 1 && i < ports->count; i++) {
		const struct service_port *port = ports->items[i];
		bool differs = port->name != NULL;

		for (size_t k = 0; differs && k < i; k++)
			differs = !text_equal(((const struct service_port *)ports->items[k])->name, port->name);
		if (differs)
			continue;
		reader_error_at(reader, &ports->places[i],
				port->name ? "two ports are named %s; rename one"
					   : "each of several ports needs a name; add it%s",
				port->name ? reader_quote(reader, port->name) : "");
		return false;
	}
	return true;
}

/* As the cluster would. */
static bool is_complete(struct reader *reader, const struct service_spec *spec, const struct yaml_node *at)
{
	bool is_name = text_equal(spec->type, "ExternalName"), has_ports = spec->ports && spec->ports->count;

	if (is_name && spec->external_name == NULL)
		return reader_refuse(reader, at, "a service of type ExternalName has no externalName; add it");
	if (!is_name && !has_ports && !text_equal(spec->cluster_address, HEADLESS))
		return reader_refuse(reader, at, "the service has no ports; add one with port and targetPort");
	return names_differ(reader, spec->ports);
}

void service_translate(struct translation *translation, const struct fact *document)
{
	static const char *const none_used[] = { NULL };
	struct reader *reader = translation->reader;
	struct arena *arena = reader->arena;
	size_t before = reader->errors;
	const struct service_spec *spec;
	struct yaml_node *object;

	if (document->spec == NULL) {
		reader_refuse(reader, document->root,
			      "VirtualMachineService has no spec; add type, ports and selector");
		return;
	}
	annotation_tell_unused(translation, document, none_used);
	spec = object_read(reader, document->spec, "spec", &service_spec_type);
	if (reader->errors > before || !is_complete(reader, spec, document->spec))
		return;
	object = tree_mapping(arena, document->root);
	tree_set(arena, object, "apiVersion", tree_text(arena, document->root, "v1"));
	tree_set(arena, object, "kind", tree_text(arena, document->root, "Service"));
	tree_set(arena, object, "metadata", translation_metadata(arena, document));
	tree_set(arena, object, "spec", spec_build(arena, document->spec));
	translation_add_object(translation, object);
}
