#include "render/admission/machine_view.h"

#include "base/json.h"

/* The first of a name counts; that it stands there twice is a rule's business. */
static json_t *indices_new(const struct place *list)
{
	json_t *indices = json_object();
	size_t count = place_count(list);

	for (size_t i = 0; i < count; i++) {
		const char *name = json_text_at(json_array_get(list->value, i), "name", NULL);

		if (name && !json_object_get(indices, name))
			json_object_set_new(indices, name, json_integer((json_int_t)i));
	}
	return indices;
}

void machine_view_init(struct machine_view *view, const struct place *owner)
{
	const char *architecture;

	view->spec = place_object(owner, "spec");
	view->template = place_object(&view->spec, "template");
	view->metadata = place_object(&view->template, "metadata");
	view->instance = place_object(&view->template, "spec");
	view->domain = place_object(&view->instance, "domain");
	view->cpu = place_object(&view->domain, "cpu");
	view->memory = place_object(&view->domain, "memory");
	view->resources = place_object(&view->domain, "resources");
	view->requests = place_object(&view->resources, "requests");
	view->limits = place_object(&view->resources, "limits");
	view->firmware = place_object(&view->domain, "firmware");
	view->features = place_object(&view->domain, "features");
	view->devices = place_object(&view->domain, "devices");
	view->disks = place_list(&view->devices, "disks");
	view->interfaces = place_list(&view->devices, "interfaces");
	view->filesystems = place_list(&view->devices, "filesystems");
	view->networks = place_list(&view->instance, "networks");
	view->volumes = place_list(&view->instance, "volumes");
	view->volume_indices = indices_new(&view->volumes);
	view->network_indices = indices_new(&view->networks);
	architecture = place_text(&view->instance, "architecture");
	view->architecture = architecture ? architecture : "amd64";
	view->has_instancetype = place_has(&view->spec, "instancetype");
}

void machine_view_deinit(struct machine_view *view)
{
	json_decref(view->volume_indices);
	json_decref(view->network_indices);
}

static struct place find(const struct place *list, const json_t *indices, const char *name)
{
	const json_t *index = name ? json_object_get(indices, name) : NULL;

	if (index == NULL)
		return (struct place){ .parent = list, .findings = list->findings };
	return place_item_any(list, (size_t)json_integer_value(index));
}

struct place machine_view_volume(const struct machine_view *view, const char *name)
{
	return find(&view->volumes, view->volume_indices, name);
}

struct place machine_view_network(const struct machine_view *view, const char *name)
{
	return find(&view->networks, view->network_indices, name);
}
