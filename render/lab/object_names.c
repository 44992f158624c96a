#include "render/lab/object_names.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "base/text.h"

enum { HASH_DIGITS = 10 };

char *name_join_new(const char *base, const char *suffix)
{
	cleanup(free) char *full = string_format("%s-%s", base, suffix);
	char hash[SHA256_TEXT_SIZE];
	size_t kept = NAME_MAX_LENGTH - HASH_DIGITS - 1;

	if (strlen(full) <= NAME_MAX_LENGTH)
		return steal(&full);
	sha256_text(full, strlen(full), hash);
	while (kept > 0 && full[kept - 1] == '-')
		kept--;
	return string_format("%.*s-%.*s", (int)kept, full, HASH_DIGITS, hash);
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
	cleanup(free) char *full = string_format("%s/%s/%s", lab->namespace_name, lab->name, link->name);
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

const char *name_pod_mac(const struct lab *lab, const struct lab_node *node, char mac[MAC_TEXT_SIZE])
{
	cleanup(free) char *full = string_format("%s/%s/%s/pod", lab->namespace_name, lab->name, node->name);
	uint8_t d[SHA256_SIZE];

	sha256(full, strlen(full), d);
	/* 02: locally administered, unicast (IEEE 802). */
	snprintf(mac, MAC_TEXT_SIZE, "02:%02x:%02x:%02x:%02x:%02x", d[0], d[1], d[2], d[3], d[4]);
	return mac;
}
