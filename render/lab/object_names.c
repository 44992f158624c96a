#include "render/lab/object_names.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/vm_interfaces.h"

enum { HASH_DIGITS = 10 };

char *name_join_within_new(const char *base, const char *suffix, size_t most)
{
	cleanup(free) char *full = string_format("%s-%s", base, suffix);
	char hash[SHA256_TEXT_SIZE];
	size_t kept = most - HASH_DIGITS - 1;

	if (strlen(full) <= most)
		return steal(&full);
	sha256_text(full, strlen(full), hash);
	while (kept > 0 && full[kept - 1] == '-')
		kept--;
	return string_format("%.*s-%.*s", (int)kept, full, HASH_DIGITS, hash);
}

char *name_join_new(const char *base, const char *suffix)
{
	return name_join_within_new(base, suffix, NAME_MAX_LENGTH);
}

char *name_disk_new(const struct lab_node *node, const struct lab_disk *disk)
{
	return name_join_new(node->object_name, disk->name);
}

char *name_pod_disk_new(const struct lab_node *node)
{
	return name_join_new(node->object_name, "root");
}

char *name_srl_disk_new(const struct lab_node *node)
{
	return name_join_new(node->object_name, "etc");
}

const char *name_bridge(const struct lab *lab, const struct lab_link *link, char name[BRIDGE_NAME_SIZE])
{
	const struct lab_join *join = link->join;
	cleanup(free) char *full = string_format("%s/%s/%s", lab->namespace_name, join ? join->lab : lab->name,
						 join ? join->link : link->name);
	uint8_t d[SHA256_SIZE];

	sha256(full, strlen(full), d);
	snprintf(name, BRIDGE_NAME_SIZE, "ls%02x%02x%02x%02x%02x", d[0], d[1], d[2], d[3], d[4]);
	return name;
}

static bool interface_exists(const struct lab_node *node, const char *name)
{
	for (size_t i = 0; i < node->interface_count; i++) {
		if (text_equal(node->interfaces[i].name, name))
			return true;
	}
	return false;
}

char *name_pod_network_new(const struct lab_node *node)
{
	cleanup(free) char *name = string_copy("default");

	for (size_t i = 1; interface_exists(node, name); i++) {
		free(name);
		name = string_format("default-pod-%zu", i);
	}
	return steal(&name);
}

char *name_node_identity_new(const struct lab *lab, const char *node)
{
	return string_format("%s/%s/%s", lab->namespace_name, lab->plain_names ? "" : lab->name, node);
}

/* 02: locally administered, unicast (IEEE 802). */
static const char *mac_make(const char *identity, char mac[MAC_TEXT_SIZE])
{
	uint8_t d[SHA256_SIZE];

	sha256(identity, strlen(identity), d);
	snprintf(mac, MAC_TEXT_SIZE, "02:%02x:%02x:%02x:%02x:%02x", d[0], d[1], d[2], d[3], d[4]);
	return mac;
}

const char *name_pod_mac(const struct lab *lab, const struct lab_node *node, char mac[MAC_TEXT_SIZE])
{
	cleanup(free) char *identity = name_node_identity_new(lab, node->name);
	cleanup(free) char *full = string_format("%s/pod", identity);

	return mac_make(full, mac);
}

const char *name_nic_mac(const struct lab *lab, const struct lab_node *node, const struct lab_nic *nic,
			 char mac[MAC_TEXT_SIZE])
{
	cleanup(free) char *identity = NULL, *full = NULL;

	if (nic->mac) {
		snprintf(mac, MAC_TEXT_SIZE, "%s", nic->mac);
		return mac;
	}
	if (nic_is_on_pod_network(nic))
		return name_pod_mac(lab, node, mac);
	identity = name_node_identity_new(lab, node->name);
	full = string_format("%s/interface/%s", identity, nic->name);
	return mac_make(full, mac);
}
