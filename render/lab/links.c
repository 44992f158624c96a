#include "render/lab/links.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/names.h"
#include "render/lab/values.h"
#include "render/objects/drivers/driver.h"

/* A link as it is written. */
struct link_settings {
	struct settings settings;
	const struct yaml_pair *nodes;
	const char *driver;
	const int64_t *mtu, *vlan, *vni;
	const char *bridge, *network;
	const struct lab_join *join;
};

enum { CONNECTORS_MIN = 2, JOINED_CONNECTORS_MIN = 1, BRIDGE_NAME_MAX = 15 };

static const struct value_type connectors_type = {
	.shape = VALUE_LIST,
	.items = &connector_type,
	.items_min = CONNECTORS_MIN,
	.fewer_beside = "join",
};
static const struct value_type driver_type = { .name = "text", .shape = VALUE_TEXT, .allowed = driver_names };
static const struct value_type mtu_type = {
	.name = "bytes",
	.shape = VALUE_NUMBER,
	.minimum = LINK_MTU_MIN,
	.maximum = LINK_MTU_MAX,
};
static const struct value_type vni_type = {
	.name = "VNI",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = 16777215,
};
static const struct value_type bridge_type = {
	.name = "name",
	.shape = VALUE_TEXT,
	.pattern = "^[-A-Za-z0-9_.]{1,15}$",
};
static const struct value_type network_type = {
	.name = "name or namespace/name",
	.shape = VALUE_TEXT,
	.pattern = "^([a-z0-9]([-a-z0-9]*[a-z0-9])?/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
};

static const void *bridge_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = pair->value->text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (strlen(text) == 0 || strlen(text) > BRIDGE_NAME_MAX ||
	    text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")] != '\0' ||
	    text_equal(text, ".") || text_equal(text, ".."))
		return reader_refuse(reader, pair->value,
				     "bridge %s is no name of a bridge; use at most %d letters, digits, \"-\", \"_\" "
				     "or \".\"",
				     reader_quote(reader, text), BRIDGE_NAME_MAX);
	return text;
}

static const void *network_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (is_attachment_name(pair->value->text))
		return pair->value->text;
	return reader_refuse(reader, pair->value,
			     "network %s names no NetworkAttachmentDefinition; write its name or namespace/name, in "
			     "lower case",
			     reader_quote(reader, pair->value->text));
}

static const struct value_type join_type = {
	.name = "LAB/LINK",
	.shape = VALUE_TEXT,
	.pattern = "^[a-z]([-a-z0-9]{0,61}[a-z0-9])?/[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
};

static const void *join_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = pair->value->text, *slash;
	struct lab_join *join = arena_new(reader->arena, sizeof(*join));

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	slash = strchr(text, '/');
	if (slash) {
		join->lab = arena_copy(reader->arena, text, (size_t)(slash - text));
		join->link = slash + 1;
		join->place = (struct place){ reader->path, pair->value->line, pair->value->column };
		if (text_is_dns_label(join->lab) && text_is_dns_label(join->link))
			return join;
	}
	return reader_refuse(reader, pair->value, "join %s names no link of another lab; write it as LAB/LINK",
			     reader_quote(reader, text));
}

#define DRIVER_DESCRIPTION                                                                                           \
	"What makes the link. bridge: a Linux bridge, with all nodes of the lab on one worker. ovn: a layer-2 "      \
	"network of OVN-Kubernetes, over all workers. ovs: an Open vSwitch bridge of the workers, by ovs-cni. "      \
	"k8slan: a LAN of KNL's k8slan, over all workers. existing: a NetworkAttachmentDefinition that is there."
#define MTU_DESCRIPTION                                                                                              \
	"The largest packet in bytes, also told to the guests of VMs. With the drivers bridge, ovn and ovs; "        \
	"without "                                                                                                   \
	"it, the driver's own holds."
#define VLAN_DESCRIPTION                                                                                             \
	"The VLAN of the link's ends, which they send and receive untagged. With the drivers bridge and ovs."
#define BRIDGE_DESCRIPTION "The bridge on the workers, for driver ovs, which needs it."

static const struct field link_fields[] = {
	{ "bridge", bridge_read, offsetof(struct link_settings, bridge), &bridge_type, BRIDGE_DESCRIPTION,
	  .fallback = NULL },
	{ "driver", NULL, offsetof(struct link_settings, driver), &driver_type, DRIVER_DESCRIPTION,
	  .fallback = "bridge" },
	{ "join", join_read, offsetof(struct link_settings, join), &join_type,
	  "A link of another lab of the namespace, as LAB/LINK: the ends are on that one, whatever its driver. Then "
	  "a single "
	  "end is enough, and no other field of the link may be there. On a link of driver bridge, all linked nodes "
	  "of both "
	  "labs run on one worker. Only in a Lab of labsync.dev.",
	  .fallback = NULL },
	{ "mtu", NULL, offsetof(struct link_settings, mtu), &mtu_type, MTU_DESCRIPTION, .fallback = NULL },
	{ "network", network_read, offsetof(struct link_settings, network), &network_type,
	  "The NetworkAttachmentDefinition for driver existing, which needs it: its name, or namespace/name.",
	  .fallback = NULL },
	{ "nodes", value_sequence_pair, offsetof(struct link_settings, nodes), &connectors_type,
	  "The link's ends, at least two, or one with join. A node may be there more than once.",
	  .presence = FIELD_REQUIRED },
	{ "vlan", NULL, offsetof(struct link_settings, vlan), &vlan_type, VLAN_DESCRIPTION, .fallback = NULL },
	{ "vni", NULL, offsetof(struct link_settings, vni), &vni_type,
	  "The VXLAN network identifier for driver k8slan. Without it, one is made from the names of namespace, lab"
	  " and link that no other link of the source has.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type link_type = {
	.name = "Link",
	.shape = VALUE_OBJECT,
	.fields = link_fields,
	.size = sizeof(struct link_settings),
};
const struct value_type links_type = {
	.shape = VALUE_MAP,
	.items = &link_type,
	.items_max = LAB_LINKS_MAX,
	.key_pattern = NAME_PATTERN,
};

static const struct field link_defaults_fields[] = {
	{ "bridge", bridge_read, offsetof(struct lab_link_defaults, bridge), &bridge_type, BRIDGE_DESCRIPTION,
	  .fallback = NULL },
	{ "driver", NULL, offsetof(struct lab_link_defaults, driver), &driver_type, DRIVER_DESCRIPTION,
	  .fallback = "bridge" },
	{ "mtu", NULL, offsetof(struct lab_link_defaults, mtu), &mtu_type, MTU_DESCRIPTION, .fallback = NULL },
	{ "vlan", NULL, offsetof(struct lab_link_defaults, vlan), &vlan_type, VLAN_DESCRIPTION, .fallback = NULL },
	{ .name = NULL },
};

const struct value_type link_defaults_type = {
	.name = "LinkDefaults",
	.shape = VALUE_OBJECT,
	.fields = link_defaults_fields,
	.size = sizeof(struct lab_link_defaults),
};

/* Tells that the link has a field that its driver cannot do anything with. */
static void field_refuse(struct reader *reader, const struct lab_link *link, const struct link_settings *settings,
			 size_t offset, const char *field, const char *why_not)
{
	reader_error_at(reader, object_place(&link_type, settings, offset), "link \"%s\" cannot have %s: %s",
			link->name, field, why_not);
}

static void fields_check(struct reader *reader, const struct lab_link *link, const struct link_settings *settings)
{
	const struct driver *driver = driver_of(link);
	const struct {
		const char *name;
		size_t offset;
		const void *value;
		const char *why_not;
	} fields[] = {
		{ "bridge", offsetof(struct link_settings, bridge), settings->bridge, driver->no_bridge },
		{ "mtu", offsetof(struct link_settings, mtu), settings->mtu, driver->no_mtu },
		{ "network", offsetof(struct link_settings, network), settings->network, driver->no_network },
		{ "vlan", offsetof(struct link_settings, vlan), settings->vlan, driver->no_vlan },
		{ "vni", offsetof(struct link_settings, vni), settings->vni, driver->no_vni },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (fields[i].value && fields[i].why_not)
			field_refuse(reader, link, settings, fields[i].offset, fields[i].name, fields[i].why_not);
}

/* What a link needs and neither it nor the defaults have; nothing when it was there and was refused. */
static void needs_check(struct reader *reader, const struct lab_link *link, const struct yaml_node *mapping)
{
	const struct driver *driver = driver_of(link);

	if (driver->needs_bridge && link->bridge == NULL && yaml_get(mapping, "bridge") == NULL)
		reader_error(reader, link->line, link->column, "link \"%s\" has no bridge: %s", link->name,
			     driver->needs_bridge);
	if (driver->needs_network && link->network == NULL && yaml_get(mapping, "network") == NULL)
		reader_error(reader, link->line, link->column, "link \"%s\" has no network: %s", link->name,
			     driver->needs_network);
}

/* All of that is the other link's. */
static void join_settle(struct reader *reader, const char *lab, const struct link_settings *settings,
			struct lab_link *link)
{
	static const struct {
		const char *name;
		size_t offset;
	} others[] = { { "bridge", offsetof(struct link_settings, bridge) },
		       { "driver", offsetof(struct link_settings, driver) },
		       { "mtu", offsetof(struct link_settings, mtu) },
		       { "network", offsetof(struct link_settings, network) },
		       { "vlan", offsetof(struct link_settings, vlan) },
		       { "vni", offsetof(struct link_settings, vni) } };
	const struct lab_join *join = settings->join;

	link->join = join;
	link->driver = LINK_JOINED;
	link->object_name = NULL;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (field_is_set(settings, others[i].offset))
			field_refuse(reader, link, settings, others[i].offset, others[i].name,
				     "it joins another, of which that holds; remove it");
	if (text_equal(join->lab, lab))
		reader_error_at(reader, &join->place,
				"link \"%s\" joins a link of its own lab; list its ends under \"%s\" instead",
				link->name, join->link);
}

/* Defaults hold for the links whose driver knows them; those of another driver are no mistake. */
static void link_settle(struct reader *reader, const struct yaml_node *mapping, const struct link_settings *settings,
			const struct lab_link_defaults *defaults, struct lab_link *link)
{
	static const struct lab_link_defaults none = { .driver = NULL };
	const struct lab_link_defaults *below = defaults ? defaults : &none;
	const char *name = settings->driver ? settings->driver : below->driver;
	const struct driver *driver;
	const int64_t *mtu, *vlan;

	if (name)
		driver_parse(name, &link->driver);
	driver = driver_of(link);
	mtu = settings->mtu ? settings->mtu : below->mtu;
	vlan = settings->vlan ? settings->vlan : below->vlan;
	if (mtu && driver->no_mtu == NULL)
		link->mtu = *mtu;
	if (vlan && driver->no_vlan == NULL)
		link->vlan = *vlan;
	if (driver->no_bridge == NULL)
		link->bridge = settings->bridge ? settings->bridge : below->bridge;
	if (driver->no_network == NULL)
		link->network = settings->network;
	if (driver->no_vni == NULL && settings->vni)
		link->vni = *settings->vni;
	fields_check(reader, link, settings);
	needs_check(reader, link, mapping);
}

/* Defaults that their own driver can do nothing with: told once, not for each link. */
static void defaults_check(struct reader *reader, const struct lab_link_defaults *defaults)
{
	struct lab_link link = { .driver = LINK_BRIDGE };
	const struct driver *driver;

	if (defaults == NULL || defaults->driver == NULL || !driver_parse(defaults->driver, &link.driver))
		return;
	driver = driver_of(&link);
	if (defaults->mtu && driver->no_mtu)
		reader_error_at(reader,
				object_place(&link_defaults_type, defaults, offsetof(struct lab_link_defaults, mtu)),
				"links of driver %s cannot have mtu: %s", driver->name, driver->no_mtu);
	if (defaults->vlan && driver->no_vlan)
		reader_error_at(reader,
				object_place(&link_defaults_type, defaults, offsetof(struct lab_link_defaults, vlan)),
				"links of driver %s cannot have vlan: %s", driver->name, driver->no_vlan);
}

static void link_read(struct reader *reader, const char *lab, const struct yaml_pair *pair,
		      const struct lab_link_defaults *defaults, struct link_list *list)
{
	struct lab_link *link = &list->links[list->link_count];
	const struct link_settings *settings;
	size_t before = reader->errors, count, least;

	if (!name_check_key(reader, "link", pair))
		return;
	*link = (struct lab_link){ .name = pair->key, .line = pair->line, .column = pair->column };
	list->link_count++;
	settings = object_read(reader, pair->value, "link", &link_type);
	if (settings->join) {
		join_settle(reader, lab, settings, link);
	} else {
		link->object_name = name_join(reader, lab, "link", pair->key, pair->line, pair->column);
		link_settle(reader, pair->value, settings, defaults, link);
	}
	count = settings->nodes ? settings->nodes->value->count : 0;
	least = settings->join ? JOINED_CONNECTORS_MIN : CONNECTORS_MIN;
	if (count < least && reader->errors == before)
		reader_error(reader, pair->line, pair->column,
			     "link \"%s\" has %zu connector%s; list at least %zu under nodes", link->name, count,
			     count == 1 ? "" : "s", least);
	for (size_t i = 0; i < count; i++)
		connector_read(reader, settings->nodes->value->items[i], link, i,
			       &list->connectors[list->connector_count++]);
	link->end_count = count;
}

static int pair_compare(const void *left, const void *right)
{
	const struct yaml_pair *const *a = left, *const *b = right;

	return strcmp((*a)->key, (*b)->key);
}

/* How many connectors there can be at most. */
static size_t connectors_count(const struct yaml_node *mapping)
{
	size_t count = 0;

	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_node *nodes = yaml_get(mapping->pairs[i].value, "nodes");

		if (nodes && nodes->kind == YAML_SEQUENCE)
			count += nodes->count;
	}
	return count;
}

void links_read(struct reader *reader, const char *lab, const struct yaml_node *mapping,
		const struct lab_link_defaults *defaults, struct link_list *list)
{
	cleanup(free) const struct yaml_pair **pairs = memory_new_array(mapping->count, sizeof(*pairs));

	if (mapping->count > LAB_LINKS_MAX) {
		reader_refuse(reader, mapping, "lab \"%s\" has %zu links; at most %d are taken", lab, mapping->count,
			      LAB_LINKS_MAX);
		return;
	}
	for (size_t i = 0; i < mapping->count; i++)
		pairs[i] = &mapping->pairs[i];
	qsort(pairs, mapping->count, sizeof(*pairs), pair_compare);
	list->links = arena_new(reader->arena, (mapping->count + 1) * sizeof(*list->links));
	list->connectors = arena_new(reader->arena, (connectors_count(mapping) + 1) * sizeof(*list->connectors));
	defaults_check(reader, defaults);
	for (size_t i = 0; i < mapping->count; i++)
		link_read(reader, lab, pairs[i], defaults, list);
}
