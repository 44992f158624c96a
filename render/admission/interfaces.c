#include "render/admission/rules.h"
#include "render/admission/words.h"

#include "base/json.h"

#include <string.h>

static const char *const bindings[] = { "bridge", "masquerade", "sriov", "passtBinding", "binding", NULL };

/* A65, A69, A70 */
static void name(const struct machine_view *machine, const struct place *interface, json_t *seen)
{
	const char *text = place_text(interface, "name");
	struct place network = machine_view_network(machine, text);

	if (!place_is_given(interface))
		return;
	if (text == NULL) {
		refuse_at(interface, "name", "an interface needs the name of its network; give name");
		return;
	}
	if (!word_is_made_of(text, "-_"))
		refuse_at(interface, "name",
			  "\"%.80s\" cannot be an interface's name; use letters, digits, dashes and underscores",
			  text);
	if (json_object_get(seen, text))
		refuse_at(interface, "name", "two interfaces are on the network %.63s; give one a network of its own",
			  text);
	else if (!place_is_given(&network))
		refuse_at(interface, "name", "no network is named %.63s; add one under networks", text);
	json_object_set_new(seen, text, json_true());
}

/* A74 */
static bool discontinued(const struct place *interface)
{
	static const struct {
		const char *binding, *instead;
	} rows[] = {
		{ "slirp", "masquerade: {}" },
		{ "macvtap", "bridge: {}, or the binding plugin macvtap" },
		{ "passt", "passtBinding: {}" },
	};
	bool found = false;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!place_has(interface, rows[i].binding))
			continue;
		refuse_at(interface, rows[i].binding, "%s is gone since KubeVirt 1.3; use %s", rows[i].binding,
			  rows[i].instead);
		found = true;
	}
	return found;
}

/* A71 */
static void binding(const struct place *interface)
{
	size_t count = place_count_given(interface, bindings, NULL);
	struct place plugin = place_object(interface, "binding");

	if (!place_is_given(interface) || discontinued(interface))
		return;
	if (count == 0)
		refuse(interface,
		       "an interface needs a binding; use masquerade: {} on the pod network, bridge: {} on "
		       "others");
	else if (count > 1)
		refuse(interface, "an interface has one binding, this has %zu; keep one", count);
	if (place_is_given(&plugin) && !place_has(&plugin, "name"))
		refuse_at(&plugin, "name", "a binding plugin needs its name; give binding.name");
}

/* A72 */
static void masquerade(const struct place *interface, const struct place *network)
{
	const char *mac = place_text(interface, "macAddress");

	if (!place_has(interface, "masquerade"))
		return;
	if (network->value && !place_has(network, "pod"))
		refuse_at(interface, "masquerade", "masquerade works only on the pod network; use bridge: {}");
	if (mac && strcmp(mac, "02:00:00:00:00:00") == 0)
		refuse_at(interface, "macAddress",
			  "02:00:00:00:00:00 is KubeVirt's own with masquerade; use another address");
}

/* passtBinding has no network but the pod's either. */
static void passt(const struct place *interface, const struct place *network)
{
	if (place_has(interface, "passtBinding") && network->value && !place_has(network, "pod"))
		refuse_at(interface, "passtBinding", "passt works only on the pod network; use bridge: {}");
}

/* A75, A76 */
static void fields(const struct place *interface)
{
	static const char *const models[] = {
		"e1000", "e1000e", "igb", "ne2k_pci", "pcnet", "rtl8139", "virtio", NULL
	};
	const char *mac = place_text(interface, "macAddress");
	const char *address = place_text(interface, "pciAddress");

	refuse_other_words(interface, "model", models, WORDS_EMPTY_IS_UNSET);
	if (mac && !word_is_mac(mac))
		refuse_at(interface, "macAddress",
			  "\"%.40s\" is no MAC address; write six bytes like 02:1a:00:00:00:01", mac);
	if (address && !word_is_pci_address(address))
		refuse_at(interface, "pciAddress", "\"%.40s\" is no PCI address; write it like 0000:81:00.1",
			  address);
}

/* A80 */
static void state(const struct place *interface, const struct place *network)
{
	static const char *const states[] = { "absent", "up", "down", NULL };
	const char *word = place_text(interface, "state");
	struct place multus = place_object(network, "multus");

	refuse_other_words(interface, "state", states, WORDS_EMPTY_IS_UNSET);
	if (word == NULL)
		return;
	if (strcmp(word, "absent") != 0) {
		if (place_has(interface, "sriov"))
			refuse_at(interface, "state", "an SR-IOV interface has no link state; drop it");
		return;
	}
	if (!place_has(interface, "bridge"))
		refuse_at(interface, "state", "only an interface with bridge can be absent; drop the interface");
	if (place_has(network, "pod") || place_is_true(&multus, "default"))
		refuse_at(interface, "state", "the default network's interface cannot be absent; drop the state");
}

void rules_interfaces(const struct machine_view *machine)
{
	cleanup(json) json_t *seen = json_object();

	for (size_t i = 0; i < place_count(&machine->interfaces); i++) {
		struct place interface = place_item(&machine->interfaces, i);
		struct place network = machine_view_network(machine, place_text(&interface, "name"));

		name(machine, &interface, seen);
		binding(&interface);
		masquerade(&interface, &network);
		passt(&interface, &network);
		fields(&interface);
		state(&interface, &network);
		rules_interface_ports(&interface, place_has(&network, "pod"));
		rules_interface_dhcp(&interface);
	}
}
