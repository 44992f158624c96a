#include "render/dialects/deckhouse/attachments.h"

#include "base/text.h"
#include "render/dialects/deckhouse/devices.h"
#include "render/lab/kubernetes_names.h"

#define OFFSET(member) offsetof(struct attachment_spec, member)

static const struct field attachment_fields[] = {
	{ "blockDeviceRef", NULL, OFFSET(device), &attached_reference_type,
	  "What is attached, on the SCSI bus. Removing the document detaches it. A CD-ROM is there from the VM's "
	  "next start on.",
	  .presence = FIELD_REQUIRED },
	{ "virtualMachineName", object_name_read, OFFSET(machine), &object_name_type,
	  "The VM, which must be in the repository.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type attachment_spec_type = {
	.name = "DeckhouseAttachment",
	.shape = VALUE_OBJECT,
	.fields = attachment_fields,
	.size = sizeof(struct attachment_spec),
};

static bool says(const struct yaml_node *mapping, const char *key, const char *text)
{
	const struct yaml_node *value = yaml_get(mapping, key);

	return value && text_equal(value->text, text);
}

bool attachment_is_of(const struct fact *fact, const char *machine)
{
	return says(fact->spec, "virtualMachineName", machine);
}

/* By the text alone, so that most are passed over without being read. */
static bool is_of_device(const struct fact *fact, const struct attachment_spec *attachment)
{
	const struct yaml_node *device = yaml_get(fact->spec, "blockDeviceRef");

	return attachment_is_of(fact, attachment->machine) && says(device, "kind", attachment->device->kind) &&
	       says(device, "name", attachment->device->name);
}

const struct fact *attachment_first(const struct translation *translation, const struct fact *fact,
				    const struct attachment_spec *attachment)
{
	const struct fact *other;
	size_t at = 0;

	while ((other = facts_next_saying(translation->facts, DECKHOUSE, DECKHOUSE_ATTACHMENT,
					  translation->namespace_name, attachment->device->name, &at)))
		if (is_of_device(other, attachment) &&
		    deckhouse_fact(translation->reader, other, &attachment_spec_type))
			return other;
	return fact;
}

void attachment_say_names(const struct fact *document, struct facts *facts)
{
	facts_note_saying(facts, document, yaml_get(document->spec, "virtualMachineName"));
	facts_note_saying(facts, document, yaml_get(yaml_get(document->spec, "blockDeviceRef"), "name"));
}

/* What only the VM knows: whether it has the device already. */
static void machine_check(struct translation *translation, const struct fact *document,
			  const struct attachment_spec *attachment, const struct machine_spec *spec)
{
	const struct yaml_node *device = yaml_get(yaml_get(document->spec, "blockDeviceRef"), "name");
	const struct fact *first = attachment_first(translation, document, attachment);

	if (machine_has_device(spec, attachment->device->kind, attachment->device->name))
		reader_refuse(
			translation->reader, device,
			"%s \"%s\" is in blockDeviceRefs of VirtualMachine \"%s\" already; remove it there or here",
			attachment->device->kind, attachment->device->name, attachment->machine);
	else if (!text_equal(first->name, document->name))
		reader_refuse(translation->reader, device,
			      "%s \"%s\" is attached to VirtualMachine \"%s\" by \"%s\" already; remove one",
			      attachment->device->kind, attachment->device->name, attachment->machine, first->name);
}

/* The device as the VM would have it, for what is wrong with it; the VM's own translation makes it. */
static void device_check(struct translation *translation, const struct fact *document,
			 const struct attachment_spec *attachment, const struct fact *machine_fact,
			 const struct machine_spec *spec)
{
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *at = yaml_get(yaml_get(document->spec, "blockDeviceRef"), "name");
	struct translation aside = *translation;
	const struct machine machine = {
		.translation = &aside, .arena = arena, .document = machine_fact, .spec = spec, .name = at
	};
	const struct device device = { .kind = attachment->device->kind,
				       .name = attachment->device->name,
				       .at = at,
				       .presence = DEVICE_ATTACHED };

	aside.spec = tree_mapping(arena, at);
	device_build(&aside, &machine, &device);
}

void attachment_translate(struct translation *translation, const struct fact *document)
{
	const struct attachment_spec *attachment =
		deckhouse_read(translation->reader, document, &attachment_spec_type);
	const struct yaml_node *machine = yaml_get(document->spec, "virtualMachineName");
	const struct fact *fact;
	const void *spec = NULL;

	if (attachment == NULL)
		return;
	fact = deckhouse_find(translation, DECKHOUSE_MACHINE, machine, attachment->machine, &machine_spec_type,
			      "add it, or remove the attachment", &spec);
	if (fact == NULL)
		return;
	machine_check(translation, document, attachment, spec);
	device_check(translation, document, attachment, fact, spec);
}
