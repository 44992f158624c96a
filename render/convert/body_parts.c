#include "render/convert/body_parts.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "render/lab/values.h"

enum { PORTS_MAX = 64 };

/* containerlab's units, of any case, as those of Kubernetes; NULL when it is none of them. */
static char *memory_text_new(const char *text)
{
	static const struct {
		const char *theirs, *ours;
	} units[] = {
		{ "", "" },      { "b", "" },   { "k", "k" },   { "kb", "k" },   { "ki", "Ki" },
		{ "kib", "Ki" }, { "m", "M" },  { "mb", "M" },  { "mi", "Mi" },  { "mib", "Mi" },
		{ "g", "G" },    { "gb", "G" }, { "gi", "Gi" }, { "gib", "Gi" },
	};
	size_t digits = strspn(text, "0123456789."), blanks = strspn(text + digits, " ");

	for (size_t i = 0; digits > 0 && i < sizeof(units) / sizeof(units[0]); i++)
		if (strcasecmp(text + digits + blanks, units[i].theirs) == 0)
			return string_format("%.*s%s", (int)digits, text, units[i].ours);
	return NULL;
}

void body_set_memory(struct reader *reader, const struct wiring_node *node, json_t *body)
{
	const char *text = layers_text(reader, &node->said, "memory");
	cleanup(free) char *memory = text ? memory_text_new(text) : NULL;
	const struct yaml_pair *pair = layers_find(&node->said, "memory");

	if (text && memory == NULL)
		loss_warn(reader, pair->line, pair->column, "memory is left out: write it like 512Mb or 2Gb");
	json_set_text(body, "memory", memory);
}

/* "80:8080/tcp" as the node's own port, since the cluster gives the one outside. False when it is something else. */
static bool port_parse(const char *text, json_int_t *port, const char **protocol)
{
	const char *colon = strrchr(text, ':'), *inner = colon ? colon + 1 : text;
	char *end;

	if (strspn(inner, "0123456789") == 0)
		return false;
	*port = strtoll(inner, &end, 10);
	*protocol = strcasecmp(end, "/udp") == 0 ? "udp" : "tcp";
	return *port >= 1 && *port <= 65535 &&
	       (*end == '\0' || strcasecmp(end, "/tcp") == 0 || strcasecmp(end, "/udp") == 0);
}

void body_add_port(json_t *body, json_int_t port, const char *protocol)
{
	json_t *ports = json_object_get(body, "ports");
	cleanup(free) char *name = port == 22 && text_equal(protocol, "tcp")
					   ? string_copy("ssh")
					   : string_format("%s-%lld", protocol, (long long)port);
	size_t i;
	json_t *other;

	if (ports == NULL) {
		ports = json_array();
		json_object_set_new(body, "ports", ports);
	}
	json_array_foreach (ports, i, other)
		if (text_equal(json_text_at(other, "name", NULL), name))
			return;
	json_array_append_new(ports, json_pack("{s:s, s:I, s:s}", "name", name, "port", port, "protocol",
					       text_equal(protocol, "udp") ? "UDP" : "TCP"));
}

static void port_take(struct reader *reader, const struct yaml_node *item, json_t *body)
{
	const char *text = value_scalar_text(item), *protocol;
	json_int_t port;

	if (text && json_array_size(json_object_get(body, "ports")) < PORTS_MAX && port_parse(text, &port, &protocol))
		body_add_port(body, port, protocol);
	else
		loss_warn(reader, item->line, item->column,
			  "this port is left out: only single TCP and UDP ports are understood");
}

void body_set_ports(struct reader *reader, const struct wiring_node *node, json_t *body)
{
	const struct yaml_pair *pair = layers_find(&node->said, "ports");

	if (pair && pair->value->kind != YAML_SEQUENCE)
		loss_warn(reader, pair->line, pair->column, "ports are left out: they must be a list");
	for (size_t i = 0; pair && pair->value->kind == YAML_SEQUENCE && i < pair->value->count; i++)
		port_take(reader, pair->value->items[i], body);
}

void body_lose(struct reader *reader, const struct wiring_node *node, const char *name, const char *reason)
{
	const struct yaml_pair *pair = layers_find(&node->said, name);

	if (pair)
		loss_warn(reader, pair->line, pair->column, "\"%s\" of node %s is left out: %s", name,
			  reader_quote(reader, node->name), reason);
}
