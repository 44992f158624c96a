/* provisioning: what the guest is told at first boot. */
#include <strings.h>

#include "base/text.h"
#include "render/dialects/deckhouse/machines.h"

static bool has_key(const struct yaml_node *data, const char *const *keys)
{
	for (size_t i = 0; data && data->kind == YAML_MAPPING && i < data->count; i++)
		for (const char *const *key = keys; *key; key++)
			if (strcasecmp(data->pairs[i].key, *key) == 0)
				return true;
	return false;
}

/* Of a Secret in the repository; one that is not there, or is filled by someone else, comes to the cluster by other ways. KubeVirt
 * would not start the VM without the key. */
static void secret_check(struct machine *machine, const struct yaml_node *name, const char *const *keys)
{
	const struct fact *secret = facts_find(machine->translation->facts, "kubevirt", "Secret",
					       machine->translation->namespace_name, name->text);
	const struct yaml_node *data = secret ? yaml_get(secret->root, "data") : NULL,
			       *text = secret ? yaml_get(secret->root, "stringData") : NULL;

	if ((data || text) && !has_key(data, keys) && !has_key(text, keys))
		reader_refuse(machine->translation->reader, name, "Secret \"%s\" has no key %s; see %s:%zu",
			      name->text, keys[0], secret->place.path, secret->place.line);
}

static void sysprep_set(struct machine *machine, const struct yaml_node *provisioning)
{
	static const char *const keys[] = { "unattend.xml", "autounattend.xml", NULL };
	struct arena *arena = machine->arena;
	const struct yaml_node *secret = yaml_get(yaml_get(provisioning, "sysprepRef"), "name");

	secret_check(machine, secret, keys);
	tree_set(arena, machine->vm, "init", tree_text(arena, provisioning, "sysprep"));
	tree_set(arena, tree_mapping_at(arena, machine->vm, "sysprep", secret), "secret", secret);
}

/* The language's own disk for cloud-init is on virtio, which a guest without it would not see. */
static void bus_set(struct machine *machine)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *at = yaml_get(machine->document->spec, "enableParavirtualization");
	struct yaml_node *disk;

	if (machine_is_paravirtualized(machine->spec))
		return;
	disk = tree_mapping(arena, at);
	tree_set(arena, disk, "name", tree_text(arena, at, "cloudinit"));
	tree_set(arena, tree_mapping_at(arena, disk, "disk", at), "bus", tree_text(arena, at, "sata"));
	tree_append(arena, machine_patch_list(machine, "disks", at), disk);
}

static void user_data_secret_set(struct machine *machine, struct yaml_node *cloud_init,
				 const struct yaml_node *secret)
{
	static const char *const keys[] = { "userData", NULL };

	secret_check(machine, secret, keys);
	tree_set(machine->arena, cloud_init, "secret", secret);
}

void machine_set_init(struct machine *machine)
{
	struct arena *arena = machine->arena;
	const struct machine_provisioning *given = machine->spec->provisioning;
	const struct yaml_node *provisioning = yaml_get(machine->document->spec, "provisioning");
	struct yaml_node *cloud_init;

	if (given == NULL) {
		tree_set(arena, machine->vm, "init", tree_text(arena, machine->name, "none"));
		return;
	}
	if (given->sysprep_ref) {
		sysprep_set(machine, provisioning);
		return;
	}
	cloud_init = tree_mapping_at(arena, machine->vm, "cloudInit", provisioning);
	tree_set(arena, cloud_init, "only", tree_boolean(arena, provisioning, true));
	if (given->user_data)
		tree_set(arena, cloud_init, "userData", given->user_data);
	else
		user_data_secret_set(machine, cloud_init, yaml_get(yaml_get(provisioning, "userDataRef"), "name"));
	bus_set(machine);
}
