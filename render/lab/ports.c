#include "render/lab/ports.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/values.h"

enum { PORT_NAME_MAX = 15, PORT_NUMBER_MAX = 65535 };

struct port_fields {
	const char *name, *protocol;
	const int64_t *port;
};

/* Kubernetes' port name: a DNS label of at most 15 characters with a letter. */
static const void *port_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (!text_is_dns_label(text) || strlen(text) > PORT_NAME_MAX || strstr(text, "--") ||
	    text[strspn(text, "0123456789-")] == '\0')
		return reader_refuse(reader, pair->value,
				     "port name %s must be at most 15 lower-case letters, digits and single \"-\" "
				     "inside, with at least one letter",
				     reader_quote(reader, text));
	return text;
}

static const void *port_number_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (pair->value->kind != YAML_INTEGER || pair->value->integer < 1 || pair->value->integer > PORT_NUMBER_MAX)
		return reader_refuse(reader, pair->value, "port must be a whole number from 1 to 65535");
	return &pair->value->integer;
}

static const void *protocol_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!text_equal(pair->value->text, PORT_PROTOCOL_DEFAULT) && !text_equal(pair->value->text, "UDP"))
		return reader_refuse(reader, pair->value, "protocol %s is not known; use TCP or UDP",
				     reader_quote(reader, pair->value->text));
	return pair->value->text;
}

static const char *const protocols[] = { PORT_PROTOCOL_DEFAULT, "UDP", NULL };
static const struct value_type protocol_type = { .name = "text", .shape = VALUE_TEXT, .allowed = protocols };
static const struct value_type port_number_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = PORT_NUMBER_MAX,
};
static const struct value_type port_name_type = {
	.name = "name",
	.shape = VALUE_TEXT,
	.pattern = "^([0-9]+-)*[0-9]*[a-z][a-z0-9]*(-[a-z0-9]+)*$",
};

static const struct field port_fields[] = {
	{ "name", port_name_read, offsetof(struct port_fields, name), &port_name_type,
	  "The port's name in the VM's Service: at most 15 lower-case letters, digits and single \"-\" inside, with "
	  "a "
	  "letter. Without it, \"ssh\" for port 22 and \"port-NUMBER\" for the others.",
	  .fallback = NULL },
	{ "port", port_number_read, offsetof(struct port_fields, port), &port_number_type,
	  "The number on which the guest listens and the Service answers.", .presence = FIELD_REQUIRED },
	{ "protocol", protocol_read, offsetof(struct port_fields, protocol), &protocol_type,
	  "The transport protocol.", .fallback = PORT_PROTOCOL_DEFAULT },
	{ .name = NULL },
};

static const struct value_type port_type = { .name = "Port", .shape = VALUE_OBJECT, .fields = port_fields };
const struct value_type ports_type = { .shape = VALUE_LIST, .items = &port_type, .items_max = PORTS_MAX };

static bool name_is_taken(const struct port_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_equal(list->ports[i].name, name))
			return true;
	return false;
}

/* Unnamed ports are named once all given names are known. */
static void port_name_settle(struct reader *reader, const struct port_list *list, struct lab_port *port,
			     const struct yaml_node *place)
{
	const char *name = port->port == 22 ? "ssh" : arena_format(reader->arena, "port-%d", (int)port->port);

	if (name_is_taken(list, name))
		name = arena_format(reader->arena, "%s-%s", name, text_equal(port->protocol, "TCP") ? "tcp" : "udp");
	if (name_is_taken(list, name))
		reader_refuse(reader, place, "port %d needs a name, since \"%s\" is taken", (int)port->port, name);
	port->name = name;
}

static void port_check_unique(struct reader *reader, const struct port_list *list, const struct lab_port *port,
			      const struct yaml_node *place)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct lab_port *other = &list->ports[i];

		if (other->port == port->port && text_equal(other->protocol, port->protocol)) {
			reader_refuse(reader, place, "port %d/%s is listed twice; keep one", (int)port->port,
				      port->protocol);
			return;
		}
		if (port->name && text_equal(other->name, port->name)) {
			reader_refuse(reader, place, "port name \"%s\" is used twice; rename one", port->name);
			return;
		}
	}
}

/* False when the port has no number; what is wrong was told. */
static bool port_read(struct reader *reader, const struct yaml_node *item, struct lab_port *port)
{
	struct port_fields fields = { .name = NULL };
	size_t before = reader->errors;

	fields_read(reader, item, "port", port_fields, &fields);
	if (fields.port == NULL) {
		if (reader->errors == before)
			reader_refuse(reader, item, "port has no number; add e.g. \"port: 22\"");
		return false;
	}
	*port = (struct lab_port){ .name = fields.name,
				   .port = *fields.port,
				   .protocol = fields.protocol ? fields.protocol : PORT_PROTOCOL_DEFAULT };
	return true;
}

const void *ports_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *items = pair->value;
	const struct yaml_node *places[PORTS_MAX];
	struct port_list *list = arena_new(reader->arena, sizeof(*list));
	struct lab_port *ports;

	if (value_sequence_pair(reader, pair) == NULL)
		return NULL;
	if (items->count > PORTS_MAX)
		return reader_refuse(reader, items, "%s has %zu entries; at most %d are taken", pair->key,
				     items->count, PORTS_MAX);
	list->ports = ports = arena_new(reader->arena, (items->count + 1) * sizeof(*ports));
	for (size_t i = 0; i < items->count; i++) {
		if (!port_read(reader, items->items[i], &ports[list->count]))
			continue;
		port_check_unique(reader, list, &ports[list->count], items->items[i]);
		places[list->count++] = items->items[i];
	}
	for (size_t i = 0; i < list->count; i++)
		if (ports[i].name == NULL)
			port_name_settle(reader, list, &ports[i], places[i]);
	return list;
}
