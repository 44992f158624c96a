#include "render/admission/rules.h"

#include "base/json.h"

#include <string.h>

static const char *const sources[] = { "pod", "multus", "resourceClaim", NULL };

/* A65 */
static void name(const struct place *network, json_t *seen, const json_t *interfaces)
{
	const char *text = place_text(network, "name");

	if (!place_is_given(network))
		return;
	if (text == NULL) {
		refuse_at(network, "name", "a network needs a name; give one");
		return;
	}
	if (json_object_get(seen, text))
		refuse_at(network, "name", "two networks are named %.63s; rename one", text);
	else if (!json_object_get(interfaces, text))
		refuse_at(network, "name", "no interface is named %.63s; add one under devices.interfaces", text);
	json_object_set_new(seen, text, json_true());
}

/* A66, A68 */
static void source(const struct place *network)
{
	size_t count = place_count_given(network, sources, NULL);
	struct place multus = place_object(network, "multus");

	if (!place_is_given(network))
		return;
	if (count == 0)
		refuse(network, "a network needs a source; give pod or multus");
	else if (count > 1)
		refuse(network, "a network has one source, this has %zu; keep one", count);
	if (place_is_given(&multus) && !place_has(&multus, "networkName"))
		refuse_at(&multus, "networkName",
			  "multus needs the name of a NetworkAttachmentDefinition; give networkName");
}

/* A67 */
static void default_networks(const struct machine_view *machine)
{
	size_t pods = 0, defaults = 0;

	for (size_t i = 0; i < place_count(&machine->networks); i++) {
		struct place network = place_item(&machine->networks, i);
		struct place multus = place_object(&network, "multus");

		if (place_has(&network, "pod") && ++pods == 2)
			refuse_at(&network, "pod", "a machine has one pod network; drop this one");
		if (place_is_true(&multus, "default") && ++defaults == 2)
			refuse_at(&multus, "default", "a machine has one default network; drop this default");
		if (pods > 0 && defaults > 0) {
			refuse(&network,
			       "the pod network and a default network of Multus exclude each other; drop one");
			return;
		}
	}
}

static const char *claim_of(const struct place *list, const char *name)
{
	for (size_t i = 0; i < place_count(list); i++) {
		const char *text = json_text_at(json_array_get(list->value, i), "name", NULL);

		if (text && strcmp(text, name) == 0)
			return text;
	}
	return NULL;
}

/* A81: a network from dynamic resource allocation */
static void resource_claim(const struct machine_view *machine, const struct place *network)
{
	struct place claim = place_object(network, "resourceClaim");
	struct place claims = place_list(&machine->instance, "resourceClaims");
	const char *text = place_text(&claim, "claimName");

	if (!place_is_given(&claim))
		return;
	refuse_without_gate(&claim, "a network from a resource claim", "NetworkDevicesWithDRA");
	if (text == NULL)
		refuse_at(&claim, "claimName", "resourceClaim needs claimName; give it");
	else if (claim_of(&claims, text) == NULL)
		refuse_at(&claim, "claimName", "no resource claim is named %.63s; add one under resourceClaims",
			  text);
	if (!place_has(&claim, "requestName"))
		refuse_at(&claim, "requestName", "resourceClaim needs requestName; give it");
}

/* A81: by the network's interface, and beside Multus */
static void resource_claim_fits(const struct machine_view *machine, const struct place *network,
				const json_t *interfaces)
{
	const char *text = place_text(network, "name");
	const json_t *index = text ? json_object_get(interfaces, text) : NULL;
	struct place interface;

	if (!place_has(network, "resourceClaim"))
		return;
	for (size_t i = 0; i < place_count(&machine->networks); i++) {
		struct place other = place_item_any(&machine->networks, i);

		if (place_has(&other, "multus")) {
			refuse_at(network, "resourceClaim",
				  "networks from resource claims and from Multus exclude each other; use one kind");
			break;
		}
	}
	if (index == NULL)
		return;
	interface = place_item_any(&machine->interfaces, (size_t)json_integer_value(index));
	if (!place_has(&interface, "sriov") && !place_has(&interface, "binding"))
		refuse(&interface, "a network from a resource claim needs SR-IOV or a binding plugin; use sriov: {}");
}

/* A71: with no network at all KubeVirt adds one, and by the cluster's choice a bridge, which takes the pod's address. */
static void added_network(const struct machine_view *machine)
{
	struct place interfaces = place_at(&machine->devices, "interfaces");

	if (place_count(&machine->networks) == 0 && place_count(&machine->interfaces) == 0 &&
	    !place_is_false(&machine->devices, "autoattachPodInterface"))
		warn(&interfaces, "without any network KubeVirt attaches the pod network; set "
				  "devices.autoattachPodInterface to false for a machine that shall have none");
}

static json_t *interface_indices_new(const struct machine_view *machine)
{
	json_t *indices = json_object();

	for (size_t i = 0; i < place_count(&machine->interfaces); i++) {
		const char *text = json_text_at(json_array_get(machine->interfaces.value, i), "name", NULL);

		if (text)
			json_object_set_new(indices, text, json_integer((json_int_t)i));
	}
	return indices;
}

void rules_networks(const struct machine_view *machine)
{
	cleanup(json) json_t *seen = json_object();
	cleanup(json) json_t *interfaces = interface_indices_new(machine);

	for (size_t i = 0; i < place_count(&machine->networks); i++) {
		struct place network = place_item(&machine->networks, i);

		name(&network, seen, interfaces);
		source(&network);
		resource_claim(machine, &network);
		resource_claim_fits(machine, &network, interfaces);
	}
	default_networks(machine);
	added_network(machine);
}
