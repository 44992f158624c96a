#include "sync/restored_volumes.h"

#include "base/json.h"
#include "base/text.h"
#include "sync/field_path.h"

static json_t *volumes_of(const json_t *machine)
{
	return json_at(machine, "spec", "template", "spec", "volumes", NULL);
}

static const json_t *volume_find(const json_t *volumes, const char *name)
{
	const json_t *volume;
	size_t i;

	json_array_foreach (volumes, i, volume)
		if (text_equal(json_text_at(volume, "name", NULL), name))
			return volume;
	return NULL;
}

static bool is_restored(const json_t *volume, const json_t *live)
{
	const char *name = json_text_at(volume, "dataVolume", "name", NULL);

	return name && json_object_get(live, "dataVolume") == NULL &&
	       text_equal(name, json_text_at(live, "persistentVolumeClaim", "claimName", NULL));
}

/* What else there is to say of the one, such as hotpluggable, the other has as well. */
static void name_claim(json_t *volume)
{
	json_t *claim = json_incref(json_object_get(volume, "dataVolume"));

	json_object_set(claim, "claimName", json_object_get(claim, "name"));
	json_object_del(claim, "name");
	json_object_set_new(volume, "persistentVolumeClaim", claim);
	json_object_del(volume, "dataVolume");
}

json_t *restored_volumes_copy(json_t *desired, const json_t *live)
{
	const struct object_type type = object_type_of(desired);
	const json_t *volume, *there = volumes_of(live);
	json_t *copy = NULL;
	size_t i;

	if (!object_type_is(&type, "kubevirt.io", "VirtualMachine"))
		return json_incref(desired);
	json_array_foreach (volumes_of(desired), i, volume) {
		if (!is_restored(volume, volume_find(there, json_text_at(volume, "name", NULL))))
			continue;
		if (copy == NULL)
			copy = json_deep_copy(desired);
		name_claim(json_array_get(volumes_of(copy), i));
	}
	return copy ? copy : json_incref(desired);
}
