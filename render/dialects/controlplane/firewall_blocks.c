#include <sys/socket.h>

#include "base/text.h"
#include "render/dialects/controlplane/firewall.h"
#include "render/lab/address.h"

/* An address alone is the prefix of just that one. */
static bool prefix_of(const char *text, struct ip_prefix *prefix)
{
	if (!ip_prefix_parse(text, prefix)) {
		if (!ip_address_parse(text, &prefix->address))
			return false;
		prefix->length = prefix->address.family == AF_INET ? 32 : 128;
	}
	ip_prefix_mask(prefix);
	return true;
}

/* True when the second lies in the first. */
static bool holds(const struct ip_prefix *outer, const struct ip_prefix *inner)
{
	return outer->address.family == inner->address.family && outer->length <= inner->length &&
	       ip_prefix_contains(outer, &inner->address);
}

static bool is_all_blocked(const struct ip_prefix *prefix, const struct value_list *blocked)
{
	struct ip_prefix other;

	for (size_t i = 0; blocked && i < blocked->count; i++)
		if (prefix_of(list_text(blocked, i), &other) && holds(&other, prefix))
			return true;
	return false;
}

static const struct yaml_node *block_new(const struct workload_build *build, const struct ip_prefix *prefix,
					 const struct value_list *blocked, const struct yaml_node *at)
{
	struct yaml_node *peer = tree_mapping(build->arena, at);
	struct yaml_node *block = tree_mapping_at(build->arena, peer, "ipBlock", at);
	char text[IP_PREFIX_TEXT_SIZE];
	struct ip_prefix other;

	tree_set(build->arena, block, "cidr", tree_text(build->arena, at, ip_prefix_write(prefix, text)));
	for (size_t i = 0; blocked && i < blocked->count; i++)
		if (prefix_of(list_text(blocked, i), &other) && holds(prefix, &other))
			tree_append(build->arena, tree_list_at(build->arena, block, "except", at),
				    tree_text(build->arena, tree_at(build->arena, &blocked->places[i]),
					      ip_prefix_write(&other, text)));
	return peer;
}

const struct yaml_node *firewall_blocks(const struct workload_build *build, const struct value_list *allowed,
					const struct value_list *blocked, const struct yaml_node *at)
{
	struct yaml_node *peers = tree_list(build->arena, at);
	struct ip_prefix prefix;

	for (size_t i = 0; allowed && i < allowed->count; i++)
		if (prefix_of(list_text(allowed, i), &prefix) && !is_all_blocked(&prefix, blocked))
			tree_append(build->arena, peers,
				    block_new(build, &prefix, blocked, tree_at(build->arena, &allowed->places[i])));
	return peers->count ? peers : NULL;
}
