/* What a VM is known by, what runs in it, and what of it cannot be changed later. */
#include "render/dialects/vmoperator/machine.h"

#include <string.h>
#include <strings.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "render/dialects/mapping.h"

/* Ours alone may begin with labsync.dev/; these are VM Operator's own words, kept for people. */
#define INSTANCE_ANNOTATION "vmoperator.vmware.com/instance-uuid"
#define GUEST_ANNOTATION "vmoperator.vmware.com/guest-id"

enum { DIGEST_SHOWN = 16 };

static void annotation_set(struct machine *machine, const char *key, const char *text, const struct yaml_node *at)
{
	tree_set(machine->arena, tree_mapping_at(machine->arena, machine->vm, "annotations", at), key,
		 tree_text(machine->arena, at, text));
}

static void instance_take(struct machine *machine)
{
	const struct yaml_node *at = MACHINE_PLACE(machine, instance_uuid);

	if (machine->spec->instance_uuid == NULL)
		return;
	annotation_set(machine, INSTANCE_ANNOTATION, machine->spec->instance_uuid, at);
	reader_warn(machine->reader, at->line, at->column,
		    "instanceUUID is what vCenter knows a VM by, and here only an annotation, " INSTANCE_ANNOTATION);
}

static bool is_windows(const struct machine *machine)
{
	const char *guest = machine->spec->guest_id;

	return machine->provider == PROVIDER_SYSPREP || (guest && strncasecmp(guest, "win", 3) == 0);
}

static void guest_take(struct machine *machine)
{
	const char *guest = machine->spec->guest_id;
	const char *preference = guest ? mapping_preference(machine->translation->facts, guest) : NULL;
	const struct yaml_node *at = MACHINE_PLACE(machine, guest_id);

	if (preference) {
		tree_set(machine->arena, tree_mapping_at(machine->arena, machine->vm, "preference", at), "name",
			 tree_text(machine->arena, at, preference));
		return;
	}
	if (is_windows(machine))
		tree_set(machine->arena, machine->vm, "guestOS", tree_text(machine->arena, at, "windows"));
	if (guest == NULL)
		return;
	annotation_set(machine, GUEST_ANNOTATION, guest, at);
	reader_warn(machine->reader, at->line, at->column,
		    "guestID %s is only an annotation, " GUEST_ANNOTATION
		    ", since no Mapping names a preference for it; add guests: {%s: NAME} to one",
		    reader_quote(machine->reader, guest), guest);
}

void machine_take_identity(struct machine *machine)
{
	const struct yaml_node *at = MACHINE_PLACE(machine, bios_uuid);

	if (machine->spec->bios_uuid)
		tree_set(machine->arena, tree_mapping_at(machine->arena, machine->vm, "firmware", at), "uuid",
			 tree_text(machine->arena, at, machine->spec->bios_uuid));
	instance_take(machine);
	guest_take(machine);
}

static void keep(struct machine *machine, const char *key, const char *text, const struct yaml_node *at)
{
	if (text)
		tree_set(machine->arena, tree_mapping_at(machine->arena, machine->vm, "immutable", at), key,
			 tree_text(machine->arena, at, text));
}

/* The same for what says the same, however it is written: nothing is an empty mapping. */
static const char *network_digest(struct machine *machine)
{
	const struct yaml_node *network = yaml_get(machine->document->spec, "network"),
			       *given = network ? network : yaml_get(machine->document->spec, "networkInterfaces");
	cleanup(json) json_t *value = given && given->kind != YAML_NULL ? yaml_to_json_new(given) : json_object();
	cleanup(free) char *text = json_text_new(value);
	char digest[SHA256_TEXT_SIZE];

	sha256_text(text, strlen(text), digest);
	return arena_copy(machine->arena, digest, DIGEST_SHOWN);
}

void machine_take_immutable(struct machine *machine)
{
	const struct machine_spec *spec = machine->spec;
	const struct yaml_node *at = machine->document->spec;

	keep(machine, "className", spec->class_name, at);
	keep(machine, "image", spec->image ? spec->image->name : spec->image_name, at);
	keep(machine, "storageClass", spec->storage_class, at);
	keep(machine, "network", network_digest(machine), at);
	keep(machine, "biosUUID", spec->bios_uuid, at);
	keep(machine, "instanceUUID", spec->instance_uuid, at);
}
