/* What the machines of a pool would have in common, though each needs its own:
 * KubeVirt copies all of the template but the names of dataVolumeTemplates. */
#include "render/dialects/kubevirt/kubevirt.h"

#include "base/text.h"

/* `value` is what each machine would have. NULL: nothing. */
static void refuse_shared(struct reader *reader, const struct yaml_node *value, const char *what)
{
	if (value && value->kind != YAML_NULL)
		reader_refuse(
			reader, value,
			"%s would be that of each of the pool's machines; drop it, and each gets one of its own",
			what);
}

static void interfaces_check(struct reader *reader, const struct yaml_node *interfaces)
{
	for (size_t i = 0; interfaces && interfaces->kind == YAML_SEQUENCE && i < interfaces->count; i++)
		refuse_shared(reader, yaml_get(interfaces->items[i], "macAddress"), "macAddress");
}

static bool is_true(const struct yaml_node *value)
{
	return value && value->kind == YAML_BOOLEAN && value->boolean;
}

/* Whether several machines may have the disk of that name at once. */
static bool can_share(const struct yaml_node *disk)
{
	return is_true(yaml_get(disk, "shareable")) || is_true(yaml_get(yaml_get(disk, "disk"), "readonly")) ||
	       yaml_get(disk, "cdrom");
}

static bool is_template(const struct yaml_node *templates, const char *name)
{
	for (size_t i = 0; templates && templates->kind == YAML_SEQUENCE && i < templates->count; i++) {
		const struct yaml_node *own = yaml_get(yaml_get(templates->items[i], "metadata"), "name");

		if (own && text_equal(own->text, name))
			return true;
	}
	return false;
}

/* The claim's or DataVolume's name when all machines would write to it. */
static const struct yaml_node *shared_claim(const struct yaml_node *volume, const struct yaml_node *templates)
{
	const struct yaml_node *claim = yaml_get(volume, "persistentVolumeClaim"),
			       *name = yaml_get(claim ? claim : yaml_get(volume, "dataVolume"),
						claim ? "claimName" : "name");

	if (name == NULL || name->kind != YAML_STRING || is_true(yaml_get(claim, "readOnly")))
		return NULL;
	return is_template(templates, name->text) ? NULL : name;
}

static void volumes_check(struct reader *reader, const struct yaml_node *instance, const struct yaml_node *disks,
			  const struct yaml_node *templates)
{
	const struct yaml_node *volumes = yaml_get(instance, "volumes");

	for (size_t i = 0; volumes && volumes->kind == YAML_SEQUENCE && i < volumes->count; i++) {
		const struct yaml_node *claim = shared_claim(volumes->items[i], templates),
				       *name = yaml_get(volumes->items[i], "name");

		if (claim && name && !can_share(kubevirt_named(disks, name->text)))
			reader_warn(reader, claim->line, claim->column,
				    "each of the pool's machines would write to %s; make each a disk of its own by "
				    "dataVolumeTemplates, or let the disk be readonly or shareable",
				    reader_quote(reader, claim->text));
	}
}

void pool_check_shared(struct translation *translation, const struct yaml_node *pool, const struct yaml_node *machine)
{
	const struct yaml_node *replicas = yaml_get(pool, "replicas"), *spec = yaml_get(machine, "spec"),
			       *instance = yaml_get(yaml_get(spec, "template"), "spec"),
			       *domain = yaml_get(instance, "domain"), *devices = yaml_get(domain, "devices"),
			       *firmware = yaml_get(domain, "firmware");

	if (replicas == NULL || replicas->kind != YAML_INTEGER || replicas->integer < 2)
		return;
	refuse_shared(translation->reader, yaml_get(firmware, "uuid"), "uuid");
	refuse_shared(translation->reader, yaml_get(firmware, "serial"), "serial");
	interfaces_check(translation->reader, yaml_get(devices, "interfaces"));
	volumes_check(translation->reader, instance, yaml_get(devices, "disks"),
		      yaml_get(spec, "dataVolumeTemplates"));
}
