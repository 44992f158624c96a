#include "render/objects/link_digest.h"

#include "base/buffer.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/objects/link.h"

static bool is_attachment(const json_t *object)
{
	return text_equal(json_text_at(object, "kind", NULL), "NetworkAttachmentDefinition");
}

static bool is_named(const json_t *object, const char *name)
{
	return text_equal(json_text_at(object, "metadata", "name", NULL), name);
}

static void spec_append(struct buffer *text, const json_t *object)
{
	const char *config = json_text_at(object, "spec", "config", NULL);
	cleanup(free) char *spec = config ? NULL : json_text_new(json_object_get(object, "spec"));

	buffer_append_text(text, config ? config : spec);
	buffer_append_char(text, '\n');
}

/* Of a link's attachments, one for each VLAN, an interface uses one; a LAN is under all of them. */
static void link_append(struct buffer *text, const json_t *objects, const char *attachment)
{
	const json_t *object;
	size_t i;

	json_array_foreach (objects, i, object)
		if (!is_attachment(object) || is_named(object, attachment))
			spec_append(text, object);
}

static void own_append(struct buffer *text, const json_t *objects, const char *attachment)
{
	const json_t *object;
	size_t i;

	json_array_foreach (objects, i, object)
		if (is_attachment(object) && is_named(object, attachment))
			spec_append(text, object);
}

const char *link_digest(const struct lab *lab, const struct lab_node *node, const json_t *links, const json_t *own,
			char text[SHA256_TEXT_SIZE])
{
	cleanup(buffer) struct buffer specs = BUFFER_INIT;

	for (size_t i = 0; i < node->interface_count; i++) {
		const struct lab_interface *interface = &node->interfaces[i];
		cleanup(free) char *attachment = link_attachment_name_new(node, interface);

		link_append(&specs, json_array_get(links, (size_t)(interface->link - lab->links)), attachment);
		own_append(&specs, own, attachment);
	}
	return specs.length ? sha256_text(specs.data, specs.length, text) : NULL;
}
