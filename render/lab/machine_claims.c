#include "render/lab/machine_claims.h"

#include "base/text.h"
#include "render/lab/machine_fields.h"

static bool is_true(const struct yaml_node *mapping, const char *key)
{
	const struct yaml_node *value = yaml_get(mapping, key);

	return value && value->kind == YAML_BOOLEAN && value->boolean;
}

static size_t item_count(const struct yaml_node *list)
{
	return list && list->kind == YAML_SEQUENCE ? list->count : 0;
}

static const struct yaml_node *templates_of(const struct lab_machine *machine)
{
	return yaml_get(machine->spec, "dataVolumeTemplates");
}

/* The name of a template's claim; NULL when it has none. */
static const struct yaml_node *template_name(const struct yaml_node *template)
{
	const struct yaml_node *name = yaml_get(yaml_get(template, "metadata"), "name");

	return name && name->kind == YAML_STRING ? name : NULL;
}

static bool is_of_template(const struct lab_machine *machine, const char *name)
{
	const struct yaml_node *templates = templates_of(machine);

	for (size_t i = 0; i < item_count(templates); i++) {
		const struct yaml_node *own = template_name(templates->items[i]);

		if (own && text_equal(own->text, name))
			return true;
	}
	return false;
}

/* Whether several machines may have the volume's disk at once, as its author says. */
static bool is_shareable(const struct lab_machine *machine, const struct yaml_node *volume)
{
	const struct yaml_node *name = yaml_get(volume, "name");
	const struct yaml_node *devices = yaml_get(yaml_get(machine_template_spec(machine), "domain"), "devices");
	const struct yaml_node *disks = yaml_get(devices, "disks");

	for (size_t i = 0; name && i < item_count(disks); i++) {
		const struct yaml_node *own = yaml_get(disks->items[i], "name");

		if (own && text_equal(own->text, name->text))
			return is_true(disks->items[i], "shareable");
	}
	return false;
}

/* The claim that a volume names; false when it names none, or one of a template, which is told of there. */
static bool volume_take(const struct lab_machine *machine, const struct yaml_node *volume,
			struct machine_claim *found)
{
	const struct yaml_node *claim = yaml_get(volume, "persistentVolumeClaim");
	const struct yaml_node *ephemeral = yaml_get(yaml_get(volume, "ephemeral"), "persistentVolumeClaim");
	const struct yaml_node *name = yaml_get(yaml_get(volume, "dataVolume"), "name");

	if (ephemeral)
		claim = ephemeral;
	if (claim)
		name = yaml_get(claim, "claimName");
	if (name == NULL || name->kind != YAML_STRING || is_of_template(machine, name->text))
		return false;
	*found = (struct machine_claim){ .name = name->text,
					 .shared = ephemeral || is_true(claim, "readOnly") ||
						   is_shareable(machine, volume),
					 .line = name->line,
					 .column = name->column };
	return true;
}

void machine_claims_each(const struct lab_machine *machine,
			 void (*each)(void *context, const struct machine_claim *claim), void *context)
{
	const struct yaml_node *templates = templates_of(machine);
	const struct yaml_node *volumes = yaml_get(machine_template_spec(machine), "volumes");
	struct machine_claim found;

	for (size_t i = 0; i < item_count(templates); i++) {
		const struct yaml_node *name = template_name(templates->items[i]);

		if (name)
			each(context,
			     &(struct machine_claim){
				     .name = name->text, .made = true, .line = name->line, .column = name->column });
	}
	for (size_t i = 0; i < item_count(volumes); i++)
		if (volume_take(machine, volumes->items[i], &found))
			each(context, &found);
}
