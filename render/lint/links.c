/* Rules about links and addresses. */
#include <sys/socket.h>

#include "render/lab/address.h"
#include "render/lint/rules.h"

enum family { FAMILY_IPV4 = 1, FAMILY_IPV6 = 2 };

static const char *const family_names[] = { [FAMILY_IPV4] = "IPv4", [FAMILY_IPV6] = "IPv6" };

struct place lint_interface_place(const struct lab *lab, const struct lab_interface *interface)
{
	return (struct place){ lab->path, interface->line, interface->column };
}

void lint_unlinked_node(struct lint *lint, const struct lab *lab)
{
	for (size_t i = 0; i < lab->node_count && lab->link_count; i++) {
		struct place place = lint_node_place(lab, &lab->nodes[i]);

		if (lab->nodes[i].interface_count == 0)
			lint_tell(lint, &place, "node \"%s\" is on no link; link it, or remove it",
				  lab->nodes[i].name);
	}
}

/* The families of an interface's addresses, or-ed. */
static unsigned families_of(const struct lab_interface *interface)
{
	unsigned families = 0;

	for (size_t i = 0; i < interface->address_count; i++) {
		struct ip_prefix prefix;

		if (ip_prefix_parse(interface->addresses[i], &prefix))
			families |= prefix.address.family == AF_INET ? FAMILY_IPV4 : FAMILY_IPV6;
	}
	return families;
}

/* The families of all other ends of its link. */
static unsigned families_beside(const struct lab *lab, const struct lab_interface *one)
{
	unsigned families = 0;

	for (size_t i = 0; i < lab->node_count; i++)
		for (size_t j = 0; j < lab->nodes[i].interface_count; j++) {
			const struct lab_interface *other = &lab->nodes[i].interfaces[j];

			if (other != one && other->link == one->link)
				families |= families_of(other);
		}
	return families;
}

static void interfaces_each(struct lint *lint, const struct lab *lab,
			    void (*each)(struct lint *lint, const struct lab *lab, const struct lab_node *node,
					 const struct lab_interface *interface))
{
	for (size_t i = 0; i < lab->node_count; i++)
		for (size_t j = 0; j < lab->nodes[i].interface_count; j++)
			each(lint, lab, &lab->nodes[i], &lab->nodes[i].interfaces[j]);
}

/* SR Linux is told its addresses by its own configuration, and a machine by that of its author. */
static void unaddressed_check(struct lint *lint, const struct lab *lab, const struct lab_node *node,
			      const struct lab_interface *interface)
{
	struct place place = lint_interface_place(lab, interface);

	if (node->type != NODE_SRL && node->type != NODE_MACHINE && interface->address_count == 0 &&
	    families_beside(lab, interface))
		lint_tell(lint, &place,
			  "node \"%s\" has no address on link \"%s\" though others have; add addrs, if it was "
			  "forgotten",
			  node->name, interface->link->name);
}

void lint_unaddressed_end(struct lint *lint, const struct lab *lab)
{
	interfaces_each(lint, lab, unaddressed_check);
}

static void family_check(struct lint *lint, const struct lab *lab, const struct lab_node *node,
			 const struct lab_interface *interface)
{
	unsigned own = families_of(interface), others = families_beside(lab, interface);
	struct place place = lint_interface_place(lab, interface);

	if (own && others && (own & others) == 0)
		lint_tell(lint, &place,
			  "node \"%s\" has only %s addresses on link \"%s\", where the others have %s; add one of "
			  "theirs",
			  node->name, family_names[own], interface->link->name, family_names[others]);
}

void lint_no_common_family(struct lint *lint, const struct lab *lab)
{
	interfaces_each(lint, lab, family_check);
}

static bool prefixes_overlap(const char *one, const char *other)
{
	struct ip_prefix a, b;

	return ip_prefix_parse(one, &a) && ip_prefix_parse(other, &b) && !ip_address_is_link_local(&a.address) &&
	       !ip_address_is_link_local(&b.address) && a.address.family == b.address.family &&
	       (ip_prefix_contains(&a, &b.address) || ip_prefix_contains(&b, &a.address));
}

/* The first address of `earlier` whose subnet is that of one of `later`; NULL when there is none. */
static const char *shared_subnet(const struct lab_interface *earlier, const struct lab_interface *later)
{
	for (size_t i = 0; i < earlier->address_count; i++)
		for (size_t j = 0; j < later->address_count; j++)
			if (prefixes_overlap(earlier->addresses[i], later->addresses[j]))
				return earlier->addresses[i];
	return NULL;
}

void lint_same_subnet(struct lint *lint, const struct lab *lab)
{
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_node *node = &lab->nodes[i];

		for (size_t j = 0; j < node->interface_count; j++) {
			const struct lab_interface *later = &node->interfaces[j];
			struct place place = lint_interface_place(lab, later);

			for (size_t k = 0; k < j; k++) {
				const char *address = shared_subnet(&node->interfaces[k], later);

				if (address)
					lint_tell(lint, &place,
						  "node \"%s\" has addresses of one subnet on \"%s\" (%s) and on "
						  "\"%s\"; "
						  "give each link a subnet of its own",
						  node->name, node->interfaces[k].name, address, later->name);
			}
		}
	}
}

void lint_two_gateways(struct lint *lint, const struct lab *lab)
{
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_node *node = &lab->nodes[i];
		const char *first[2] = { NULL, NULL };

		for (size_t j = 0; j < node->interface_count * 2; j++) {
			const struct lab_interface *interface = &node->interfaces[j / 2];
			struct place place = lint_interface_place(lab, interface);

			if (interface->gateway[j % 2] == NULL)
				continue;
			if (first[j % 2])
				lint_tell(lint, &place, "node \"%s\" has two %s gateways, %s and %s; keep one",
					  node->name, family_names[j % 2 ? FAMILY_IPV6 : FAMILY_IPV4], first[j % 2],
					  interface->gateway[j % 2]);
			first[j % 2] = interface->gateway[j % 2];
		}
	}
}
