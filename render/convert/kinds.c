#include "render/convert/kinds.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* By role, then by name. */
static const struct node_kind kinds[] = {
	{ "linux", KIND_POD },
	{ "nokia_srlinux", KIND_SRL },
	{ "srl", KIND_SRL },
	{ "bridge", KIND_BRIDGE },
	{ "ovs-bridge", KIND_BRIDGE },
	{ "host", KIND_HOST },
	{ "ext-container", KIND_HOST },
	{ "k8s-kind", KIND_HOST },
	{ "arista_ceos", KIND_APPLIANCE },
	{ "arrcus_arcos", KIND_APPLIANCE },
	{ "border0", KIND_APPLIANCE },
	{ "c8000", KIND_APPLIANCE },
	{ "ceos", KIND_APPLIANCE },
	{ "cisco_c8000", KIND_APPLIANCE },
	{ "cisco_iol", KIND_APPLIANCE },
	{ "cisco_xrd", KIND_APPLIANCE },
	{ "crpd", KIND_APPLIANCE },
	{ "cumulus_cvx", KIND_APPLIANCE },
	{ "cvx", KIND_APPLIANCE },
	{ "fdio_vpp", KIND_APPLIANCE },
	{ "juniper_cjunosevolved", KIND_APPLIANCE },
	{ "juniper_crpd", KIND_APPLIANCE },
	{ "keysight_ixia-c-one", KIND_APPLIANCE },
	{ "nokia_srsim", KIND_APPLIANCE },
	{ "rare", KIND_APPLIANCE },
	{ "sonic-vs", KIND_APPLIANCE },
	{ "vyosnetworks_vyos", KIND_APPLIANCE },
	{ "xrd", KIND_APPLIANCE },
	{ "arista_veos", KIND_VM },
	{ "aruba_aoscx", KIND_VM },
	{ "checkpoint_cloudguard", KIND_VM },
	{ "cisco_asav", KIND_VM },
	{ "cisco_c8000v", KIND_VM },
	{ "cisco_cat9kv", KIND_VM },
	{ "cisco_csr1000v", KIND_VM },
	{ "cisco_ftdv", KIND_VM },
	{ "cisco_n9kv", KIND_VM },
	{ "cisco_vios", KIND_VM },
	{ "cisco_xrv", KIND_VM },
	{ "cisco_xrv9k", KIND_VM },
	{ "dell_ftosv", KIND_VM },
	{ "dell_sonic", KIND_VM },
	{ "f5_bigip-ve", KIND_VM },
	{ "fortinet_fortigate", KIND_VM },
	{ "freebsd", KIND_VM },
	{ "generic_vm", KIND_VM },
	{ "huawei_vrp", KIND_VM },
	{ "ipinfusion_ocnos", KIND_VM },
	{ "juniper_vjunosevolved", KIND_VM },
	{ "juniper_vjunosrouter", KIND_VM },
	{ "juniper_vjunosswitch", KIND_VM },
	{ "juniper_vmx", KIND_VM },
	{ "juniper_vqfx", KIND_VM },
	{ "juniper_vsrx", KIND_VM },
	{ "mikrotik_ros", KIND_VM },
	{ "nokia_sros", KIND_VM },
	{ "openbsd", KIND_VM },
	{ "openwrt", KIND_VM },
	{ "paloalto_panos", KIND_VM },
	{ "sonic-vm", KIND_VM },
	{ .name = NULL },
};

enum { KIND_COUNT = sizeof(kinds) / sizeof(kinds[0]) };

/* Names of old: vr- and what may be any of those above. All of them are VMs. */
static const struct node_kind vrnetlab = { "vr-", KIND_VM };

const struct node_kind *node_kind_find(const char *name)
{
	for (const struct node_kind *kind = kinds; kind->name; kind++)
		if (text_equal(kind->name, name))
			return kind;
	return text_starts_with(name, vrnetlab.name) ? &vrnetlab : NULL;
}

const char *node_kind_hint(const char *name, char text[KIND_HINT_SIZE])
{
	const char *names[KIND_COUNT];
	const char *nearest;

	for (size_t i = 0; i < KIND_COUNT; i++)
		names[i] = kinds[i].name;
	nearest = text_nearest(name, names);
	text[0] = '\0';
	if (nearest)
		snprintf(text, KIND_HINT_SIZE, "; did you mean \"%s\"?", nearest);
	return text;
}
