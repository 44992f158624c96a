#include "render/dialects/deckhouse/addresses.h"

#include <sys/socket.h>

#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/mapping.h"
#include "render/lab/address.h"
#include "render/lab/values.h"

struct address_spec {
	struct settings settings;
	const char *type, *address;
};

static const void *address_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct ip_address address;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!ip_address_parse(pair->value->text, &address) || address.family != AF_INET ||
	    !ip_address_is_unicast(&address) || ip_address_is_loopback(&address))
		return reader_refuse(reader, pair->value,
				     "staticIP %s is no IPv4 address of a host; write it like 10.66.20.77",
				     reader_quote(reader, pair->value->text));
	return pair->value->text;
}

static const char *const types[] = { "Auto", "Static", NULL };
static const struct value_type type_type = { .name = "text", .shape = VALUE_TEXT, .allowed = types };

static const struct field address_fields[] = {
	{ "staticIP", address_read, offsetof(struct address_spec, address), &text_type,
	  "The address; of type Static. It must be one that the cluster's network can give to pods.",
	  .fallback = NULL },
	{ "type", NULL, offsetof(struct address_spec, type), &type_type,
	  "Static: the cluster's network is asked for the address as podAddresses of a Mapping says, and without one "
	  "it is refused. Auto is what VMs have anyway: an address of the cluster's network at each start.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type address_spec_type = {
	.name = "DeckhouseIPAddress",
	.shape = VALUE_OBJECT,
	.fields = address_fields,
	.size = sizeof(struct address_spec),
};

static bool is_static(const struct address_spec *spec)
{
	return text_equal(spec->type, "Static");
}

/* Deckhouse's own rule: an address is for type Static, which needs one. */
static bool is_whole(const struct address_spec *spec)
{
	return is_static(spec) == (spec->address != NULL);
}

static bool can_be_asked_for(const struct translation *translation, const char *address)
{
	const char *annotation, *value;

	return mapping_pod_address(translation->facts, translation->reader->arena, address, &annotation, &value);
}

static bool names_address(const struct fact *machine, const char *name)
{
	const struct yaml_node *given = yaml_get(machine->spec, "virtualMachineIPAddressName");

	return given && text_equal(given->text, name);
}

/* The first VM of the namespace that names the address, which is the one that has it. */
static const struct fact *holder_of(const struct translation *translation, const char *name)
{
	const struct fact *machine;
	size_t at = 0;

	while ((machine = facts_next_saying(translation->facts, DECKHOUSE, DECKHOUSE_MACHINE,
					    translation->namespace_name, name, &at)))
		if (names_address(machine, name))
			return machine;
	return NULL;
}

/* All namespaces have their addresses of one network. */
static const struct fact *address_twin(const struct translation *translation, const struct fact *document,
				       const char *address)
{
	const struct fact *other;
	size_t at = 0;

	while ((other = facts_next_saying(translation->facts, DECKHOUSE, DECKHOUSE_ADDRESS, NULL, address, &at)))
		if (place_order(&other->place, &document->place) < 0)
			return other;
	return NULL;
}

void address_say_names(const struct fact *document, struct facts *facts)
{
	facts_note_saying(facts, document, yaml_get(document->spec, "staticIP"));
}

static void static_check(struct translation *translation, const struct fact *document,
			 const struct address_spec *spec)
{
	struct reader *reader = translation->reader;
	const struct yaml_node *at = yaml_get(document->spec, "staticIP"),
			       *name = yaml_get(document->metadata, "name");
	const struct fact *twin = address_twin(translation, document, spec->address);

	if (!can_be_asked_for(translation, spec->address))
		reader_refuse(
			reader, at,
			"staticIP cannot be had, since KubeVirt gives out no addresses; say by podAddresses of a "
			"Mapping how the cluster's network is asked for one, or put the VM on a network of its own "
			"(networks), set the address there by cloud-init, and remove this document");
	else if (twin)
		reader_refuse(reader, at, "%s is %s \"%s\" already, in %s:%zu; use another", spec->address,
			      DECKHOUSE_ADDRESS, twin->name, twin->place.path, twin->place.line);
	else if (holder_of(translation, document->name) == NULL)
		reader_warn(
			reader, name->line, name->column,
			"no VirtualMachine of namespace %s has virtualMachineIPAddressName \"%s\", so that nothing "
			"asks for the address; name it there, or remove this document",
			translation->namespace_name, document->name);
}

void address_translate(struct translation *translation, const struct fact *document)
{
	struct reader *reader = translation->reader;
	const struct address_spec *spec = deckhouse_read(reader, document, &address_spec_type);
	const struct yaml_node *type = yaml_get(document->spec, "type");

	if (spec == NULL)
		return;
	if (is_whole(spec) && is_static(spec))
		static_check(translation, document, spec);
	else if (is_whole(spec))
		reader_warn(
			reader, type->line, type->column,
			"an address of type Auto means nothing to KubeVirt, whose VMs get one at each start; remove "
			"this document");
	else if (is_static(spec))
		reader_refuse(reader, type, "type Static needs staticIP; add it");
	else
		reader_refuse(reader, yaml_get(document->spec, "staticIP"),
			      "staticIP does not go with type Auto; remove it, or write \"type: Static\"");
}

/* --- the VM --- */

static bool is_on_main(const struct machine_spec *spec)
{
	if (spec->networks == NULL || spec->networks->count == 0)
		return true;
	for (size_t i = 0; i < spec->networks->count; i++)
		if (text_equal(((const struct machine_network *)spec->networks->items[i])->type, "Main"))
			return true;
	return false;
}

/* The document of the address; NULL after it told at `at` what is wrong. Its own errors are told where it stands. */
static const struct address_spec *address_find(struct machine *machine, const struct yaml_node *at)
{
	struct translation *translation = machine->translation;
	const struct fact *fact;
	const void *read;
	const struct address_spec *spec;
	const char *advice = can_be_asked_for(translation, "")
				     ? "add it with its staticIP, or remove virtualMachineIPAddressName"
				     : "add it, with podAddresses in a Mapping that says how the cluster's network "
				       "is asked for it; or "
				       "give the VM an address on a network of its own by cloud-init, and remove "
				       "virtualMachineIPAddressName";

	fact = deckhouse_find(translation, DECKHOUSE_ADDRESS, at, machine->spec->address_name, &address_spec_type,
			      advice, &read);
	if (fact == NULL)
		return NULL;
	spec = read;
	if (is_whole(spec) && (!is_static(spec) || (can_be_asked_for(translation, spec->address) &&
						    address_twin(translation, fact, spec->address) == NULL)))
		return spec;
	return reader_refuse(translation->reader, at, "%s %s has errors; see %s:%zu", DECKHOUSE_ADDRESS,
			     reader_quote(translation->reader, fact->name), fact->place.path, fact->place.line);
}

static bool is_free_for(struct machine *machine, const struct yaml_node *at, const char *annotation)
{
	struct reader *reader = machine->translation->reader;
	const struct fact *holder = holder_of(machine->translation, machine->spec->address_name);
	const struct yaml_node *given = annotation_get(machine->document, annotation);

	if (holder && !text_equal(holder->name, machine->document->name))
		reader_refuse(reader, at, "%s \"%s\" is that of VirtualMachine \"%s\" already; give each VM its own",
			      DECKHOUSE_ADDRESS, machine->spec->address_name, holder->name);
	else if (!is_on_main(machine->spec))
		reader_refuse(
			reader, at,
			"virtualMachineIPAddressName is for network Main, which is not among networks; add it, or "
			"remove virtualMachineIPAddressName");
	else if (given)
		reader_refuse(reader, given,
			      "annotation %s is made of virtualMachineIPAddressName; remove one of the two",
			      annotation);
	else
		return true;
	return false;
}

void machine_set_address(struct machine *machine)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *at = yaml_get(machine->document->spec, "virtualMachineIPAddressName");
	const struct address_spec *spec = machine->spec->address_name ? address_find(machine, at) : NULL;
	const char *annotation, *value;

	if (spec == NULL)
		return;
	if (!is_static(spec)) {
		reader_warn(machine->translation->reader, at->line, at->column,
			    "%s \"%s\" is of type Auto, so that the VM gets an address at each start, as without it; "
			    "remove virtualMachineIPAddressName",
			    DECKHOUSE_ADDRESS, machine->spec->address_name);
		return;
	}
	if (mapping_pod_address(machine->translation->facts, arena, spec->address, &annotation, &value) &&
	    is_free_for(machine, at, annotation))
		tree_set(arena, tree_mapping_at(arena, machine->vm, "annotations", at), annotation,
			 tree_text(arena, at, value));
}
