#include "render/convert/bodies.h"

#include <string.h>

#include "base/text.h"
#include "render/convert/body_parts.h"
#include "render/convert/containers.h"

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

static json_t *vm_build(struct reader *reader, const struct wiring_node *node)
{
	const char *image = layers_text(reader, &node->said, "image");
	const char *cpu = layers_text(reader, &node->said, "cpu");
	static const char *const of_container[] = { "binds", "env", "image-pull-policy", "type" };
	json_t *vm =
		json_pack("{s:s, s:s}", "image", disk_image(reader->arena, image), "diskSize", assumed_disk_size);

	loss_warn(reader, node->line, node->column, "diskSize of vm %s is taken as %s, since containerlab names none",
		  reader_quote(reader, node->name), assumed_disk_size);
	body_set_memory(reader, node, vm);
	if (cpu && *cpu && strspn(cpu, "0123456789") == strlen(cpu) && strlen(cpu) < 4)
		json_object_set_new(vm, "cpu", json_integer(strtoll(cpu, NULL, 10)));
	else if (cpu)
		loss_warn(reader, layers_find(&node->said, "cpu")->line, layers_find(&node->said, "cpu")->column,
			  "cpu is left out: a vm has whole cores");
	/* containerlab has it always within reach. */
	body_add_port(vm, 22, "tcp");
	body_set_ports(reader, node, vm);
	for (size_t i = 0; i < sizeof(of_container) / sizeof(of_container[0]); i++)
		body_lose(reader, node, of_container[i], "it is about the container around the VM");
	return json_pack("{s:o}", "vm", vm);
}

json_t *body_build(struct reader *reader, const struct wiring_node *node)
{
	switch (node->role) {
	case KIND_VM:
		return vm_build(reader, node);
	case KIND_SRL:
		return json_pack("{s:o}", "srl", srl_body_build(reader, node));
	default:
		return json_pack("{s:o}", "pod", pod_body_build(reader, node));
	}
}
