#include "render/convert/bodies.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "render/lab/bare_image.h"
#include "render/lab/values.h"

static const char assumed_disk_size[] = "10G";

/* An image that KubeVirt takes as a disk; NULL for one that has a VM and all its tools inside. In the arena. */
static const char *disk_image(struct arena *arena, const char *image)
{
	static const char *const schemes[] = { "docker://", "http://", "https://" };

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (text_starts_with(image, schemes[i]))
			return image;
	return strstr(image, "containerdisk") ? arena_format(arena, "docker://%s", image) : NULL;
}

bool body_is_possible(struct reader *reader, const struct wiring_node *node)
{
	const char *image = layers_text(reader, &node->said, "image");

	if (image == NULL || *image == '\0') {
		loss_warn(reader, node->line, node->column, "node %s is left out: it has no image",
			  reader_quote(reader, node->name));
		return false;
	}
	if (node->role == KIND_VM && disk_image(reader->arena, image) == NULL) {
		loss_warn(reader, node->line, node->column,
			  "node %s of kind %s is left out: a vm needs a disk image (http://, https:// or a "
			  "containerdisk), and its image has the VM in a container",
			  reader_quote(reader, node->name), reader_quote(reader, node->said.kind));
		return false;
	}
	return true;
}

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

static void memory_set(struct reader *reader, const struct wiring_node *node, json_t *body)
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

static void port_add(json_t *ports, json_int_t port, const char *protocol)
{
	cleanup(free) char *name = port == 22 && text_equal(protocol, "tcp")
					   ? string_copy("ssh")
					   : string_format("%s-%lld", protocol, (long long)port);
	size_t i;
	json_t *other;

	json_array_foreach (ports, i, other)
		if (text_equal(json_text_at(other, "name", NULL), name))
			return;
	json_array_append_new(ports, json_pack("{s:s, s:I, s:s}", "name", name, "port", port, "protocol",
					       text_equal(protocol, "udp") ? "UDP" : "TCP"));
}

/* Of a vm; ssh is always reachable in containerlab. */
static void ports_set(struct reader *reader, const struct yaml_node *list, json_t *body)
{
	json_t *ports = json_array();

	json_object_set_new(body, "ports", ports);
	port_add(ports, 22, "tcp");
	for (size_t i = 0; i < list->count; i++) {
		const char *text = value_scalar_text(list->items[i]), *protocol;
		json_int_t port;

		if (text && json_array_size(ports) < 64 && port_parse(text, &port, &protocol))
			port_add(ports, port, protocol);
		else
			loss_warn(reader, list->items[i]->line, list->items[i]->column,
				  "this port is left out: only single TCP and UDP ports are understood");
	}
}

static json_t *vm_build(struct reader *reader, const struct wiring_node *node)
{
	const char *image = layers_text(reader, &node->said, "image");
	const char *cpu = layers_text(reader, &node->said, "cpu");
	const struct yaml_pair *ports = layers_find(&node->said, "ports");
	json_t *vm =
		json_pack("{s:s, s:s}", "image", disk_image(reader->arena, image), "diskSize", assumed_disk_size);

	loss_warn(reader, node->line, node->column, "diskSize of vm %s is taken as %s, since containerlab names none",
		  reader_quote(reader, node->name), assumed_disk_size);
	memory_set(reader, node, vm);
	if (cpu && *cpu && strspn(cpu, "0123456789") == strlen(cpu) && strlen(cpu) < 4)
		json_object_set_new(vm, "cpu", json_integer(strtoll(cpu, NULL, 10)));
	else if (cpu)
		loss_warn(reader, layers_find(&node->said, "cpu")->line, layers_find(&node->said, "cpu")->column,
			  "cpu is left out: a vm has whole cores");
	if (ports && ports->value->kind == YAML_SEQUENCE)
		ports_set(reader, ports->value, vm);
	else if (ports)
		loss_warn(reader, ports->line, ports->column, "ports are left out: they must be a list");
	return json_pack("{s:o}", "vm", vm);
}

/* A pod's cmd stands for the image's entrypoint too. */
static void command_set(struct reader *reader, const struct wiring_node *node, const char *image, json_t *pod)
{
	const char *entrypoint = layers_text(reader, &node->said, "entrypoint");
	const char *command = layers_text(reader, &node->said, "cmd");

	if (entrypoint && command)
		json_object_set_new(pod, "cmd", json_sprintf("%s %s", entrypoint, command));
	else
		json_set_text(pod, "cmd", entrypoint ? entrypoint : command);
	if (command && entrypoint == NULL)
		loss_warn(reader, layers_find(&node->said, "cmd")->line, layers_find(&node->said, "cmd")->column,
			  "cmd takes the place of the image's entrypoint in a lab, not only of its arguments");
	if (command || entrypoint || !is_bare_image(image))
		return;
	json_set_text(pod, "cmd", "sleep infinity");
	loss_warn(reader, node->line, node->column, "node %s gets cmd: sleep infinity, as its image ends by itself",
		  reader_quote(reader, node->name));
}

static json_t *pod_build(struct reader *reader, const struct wiring_node *node)
{
	const char *image = layers_text(reader, &node->said, "image");
	const struct yaml_pair *ports = layers_find(&node->said, "ports");
	json_t *pod = json_pack("{s:s, s:b}", "image", image, "privileged", true);

	command_set(reader, node, image, pod);
	memory_set(reader, node, pod);
	json_set_text(pod, "cpu", layers_text(reader, &node->said, "cpu"));
	if (ports)
		loss_warn(reader, ports->line, ports->column,
			  "ports are left out: a pod's are open on its own address");
	return json_pack("{s:o}", "pod", pod);
}

json_t *body_build(struct reader *reader, const struct wiring_node *node)
{
	return node->role == KIND_VM ? vm_build(reader, node) : pod_build(reader, node);
}
