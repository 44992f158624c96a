#include "render/lab/join_resolve.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "render/lab/join_parts.h"
#include "render/objects/drivers/driver.h"

enum { NEAREST_MAX = 1000 /* candidates */, SUGGESTIONS_MAX = 50 /* looking for the nearest name takes time */ };

struct resolver {
	struct arena *arena;
	struct lab **labs; /* by namespace and name */
	size_t count;
	bool complete;
	size_t suggestions; /* so far */
	struct found_join *joins;
	size_t join_count, join_capacity;
	struct diagnostics *diagnostics;
};

static void refuse(struct resolver *resolver, struct lab *lab, const struct place *place, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void refuse(struct resolver *resolver, struct lab *lab, const struct place *place, const char *format, ...)
{
	cleanup(free) char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	diagnostics_add(resolver->diagnostics, DIAGNOSTIC_ERROR, place->path, place->line, place->column, "%s",
			message);
	lab->valid = false;
}

static int identity_compare(const void *left, const void *right)
{
	const struct lab *a = *(struct lab *const *)left, *b = *(struct lab *const *)right;
	int order = strcmp(a->namespace_name, b->namespace_name);

	return order ? order : strcmp(a->name, b->name);
}

static struct lab *lab_find(const struct resolver *resolver, const char *namespace_name, const char *name)
{
	struct lab wanted = { .namespace_name = namespace_name, .name = name };
	struct lab *key = &wanted;
	struct lab **found = resolver->count ? bsearch(&key, resolver->labs, resolver->count, sizeof(*resolver->labs),
						       identity_compare)
					     : NULL;

	return found ? *found : NULL;
}

static int link_compare_name(const void *name, const void *link)
{
	return strcmp(name, ((const struct lab_link *)link)->name);
}

static struct lab_link *link_find(const struct lab *lab, const char *name)
{
	return lab->links && lab->link_count
		       ? bsearch(name, lab->links, lab->link_count, sizeof(*lab->links), link_compare_name)
		       : NULL;
}

/* An instance of the lab that the file calls so; NULL when there is none. */
static const struct lab *instance_find(const struct resolver *resolver, const struct lab *lab, const char *group)
{
	for (size_t i = 0; i < resolver->count; i++)
		if (text_equal(resolver->labs[i]->group, group) &&
		    text_equal(resolver->labs[i]->namespace_name, lab->namespace_name))
			return resolver->labs[i];
	return NULL;
}

static const char *nearest_lab(struct resolver *resolver, const struct lab *lab, const char *name)
{
	const char *names[NEAREST_MAX + 1] = { NULL };
	size_t count = 0;

	for (size_t i = 0; i < resolver->count && count < NEAREST_MAX; i++)
		if (resolver->labs[i] != lab && text_equal(resolver->labs[i]->namespace_name, lab->namespace_name))
			names[count++] = resolver->labs[i]->name;
	return text_nearest(name, names);
}

static void unknown_lab(struct resolver *resolver, struct lab *lab, const struct lab_link *link)
{
	const struct lab_join *join = link->join;
	bool searches = resolver->suggestions++ < SUGGESTIONS_MAX;
	const struct lab *instance = searches ? instance_find(resolver, lab, join->lab) : NULL;
	const char *nearest = searches && instance == NULL ? nearest_lab(resolver, lab, join->lab) : NULL;

	if (instance)
		refuse(resolver, lab, &join->place,
		       "link \"%s\" joins lab \"%s\", which has instances; name one of them, like \"%s/%s\"",
		       link->name, join->lab, instance->name, join->link);
	else if (nearest)
		refuse(resolver, lab, &join->place,
		       "link \"%s\" joins lab \"%s\", which is not in namespace \"%s\"; did you mean \"%s\"?",
		       link->name, join->lab, lab->namespace_name, nearest);
	else
		refuse(resolver, lab, &join->place,
		       "link \"%s\" joins lab \"%s\", which is not in namespace \"%s\"%s", link->name, join->lab,
		       lab->namespace_name,
		       resolver->complete ? "; add it, or remove join" : " of the files that could be read");
}

static void unknown_link(struct resolver *resolver, struct lab *lab, const struct lab_link *link,
			 const struct lab *other)
{
	const struct lab_join *join = link->join;
	const char *names[NEAREST_MAX + 1] = { NULL };
	const char *nearest;

	if (!other->valid) {
		refuse(resolver, lab, &join->place,
		       "link \"%s\" joins link \"%s\" of lab \"%s\", which has errors; mend that first", link->name,
		       join->link, join->lab);
		return;
	}
	for (size_t i = 0; i < other->link_count && i < NEAREST_MAX; i++)
		names[i] = other->links[i].name;
	nearest = resolver->suggestions++ < SUGGESTIONS_MAX ? text_nearest(join->link, names) : NULL;
	if (nearest)
		refuse(resolver, lab, &join->place,
		       "link \"%s\" joins link \"%s\", which lab \"%s\" has not; did you mean \"%s\"?", link->name,
		       join->link, join->lab, nearest);
	else
		refuse(resolver, lab, &join->place,
		       "link \"%s\" joins link \"%s\", which lab \"%s\" has not; add it there, or remove join",
		       link->name, join->link, join->lab);
}

/* "10, 20 and 30": the VLANs that can be joined. In the arena. */
static const char *vlans_text(struct arena *arena, const struct lab_link *link)
{
	const char *text = link->vlan ? arena_format(arena, "%lld", (long long)link->vlan) : NULL;

	for (size_t i = 0; i < link->vlan_count; i++)
		text = text ? arena_format(arena, "%s%s%lld", text, i + 1 < link->vlan_count ? ", " : " and ",
					   (long long)link->vlans[i])
			    : arena_format(arena, "%lld", (long long)link->vlans[i]);
	return text;
}

static bool has_vlan(const struct lab_link *link, int64_t vlan)
{
	for (size_t i = 0; i < link->vlan_count; i++)
		if (link->vlans[i] == vlan)
			return true;
	return vlan == link->vlan;
}

static void vlan_check(struct resolver *resolver, const struct found_join *join, const struct lab_join_wish *wish)
{
	const struct driver *driver = driver_of(join->target);
	const char *vlans = vlans_text(resolver->arena, join->target);

	if (driver->no_vlan)
		refuse(resolver, join->lab, &wish->place, "a connector of link \"%s\" cannot have vlan: %s",
		       join->link->name, driver->no_vlan);
	else if (!has_vlan(join->target, wish->vlan))
		refuse(resolver, join->lab, &wish->place, "link \"%s\" of lab \"%s\" has no VLAN %lld to join; %s%s",
		       join->target->name, join->other->name, (long long)wish->vlan,
		       vlans ? "use one of its own, " : "remove vlan", vlans ? vlans : "");
}

static void wish_check(struct resolver *resolver, const struct found_join *join, const struct lab_join_wish *wish)
{
	const struct driver *driver = driver_of(join->target);

	switch (wish->kind) {
	case JOIN_WISH_VLAN:
		vlan_check(resolver, join, wish);
		break;
	case JOIN_WISH_ROUTES:
		if (driver->no_routes)
			refuse(resolver, join->lab, &wish->place, "a pod on link \"%s\" cannot have routes: %s",
			       join->link->name, driver->no_routes);
		break;
	case JOIN_WISH_SECOND_END:
		if (driver->no_second_end)
			refuse(resolver, join->lab, &wish->place, "node \"%s\" is on link \"%s\" twice: %s",
			       wish->node, join->link->name, driver->no_second_end);
		break;
	case JOIN_WISH_MAC:
		if (driver->mac_ignored)
			diagnostics_add(resolver->diagnostics, DIAGNOSTIC_WARNING, wish->place.path, wish->place.line,
					wish->place.column, "mac has no effect here: %s", driver->mac_ignored);
		break;
	}
}

/* NULL after it told why there is none. */
static struct lab_link *target_find(struct resolver *resolver, struct lab *lab, const struct lab_link *link,
				    struct lab **other)
{
	const struct lab_join *join = link->join;
	struct lab_link *target;

	*other = lab_find(resolver, lab->namespace_name, join->lab);
	if (*other == lab)
		return NULL; /* which was told */
	if (*other == NULL) {
		unknown_lab(resolver, lab, link);
		return NULL;
	}
	target = link_find(*other, join->link);
	if (target && target->join) {
		refuse(resolver, lab, &join->place,
		       "link \"%s\" joins link \"%s\" of lab \"%s\", which itself joins another; write \"%s/%s\", as "
		       "it "
		       "does",
		       link->name, target->name, join->lab, target->join->lab, target->join->link);
		return NULL;
	}
	/* Without a word on the workers' devices, which is told of at the other lab, there is no LAN. */
	if (target && target->object_name && (target->driver != LINK_K8SLAN || lab->lan))
		return target;
	unknown_link(resolver, lab, link, *other);
	return NULL;
}

static void link_resolve(struct resolver *resolver, struct lab *lab, struct lab_link *link)
{
	struct found_join found = { .lab = lab, .link = link };

	found.target = target_find(resolver, lab, link, &found.other);
	if (found.target == NULL)
		return;
	for (size_t i = 0; i < link->join->wish_count; i++)
		wish_check(resolver, &found, &link->join->wishes[i]);
	memory_grow(&resolver->joins, resolver->join_count, &resolver->join_capacity, sizeof(*resolver->joins));
	resolver->joins[resolver->join_count++] = found;
}

static void target_copy(struct arena *arena, const struct found_join *found)
{
	const struct lab_link *target = found->target;
	struct lab_link *link = found->link;
	struct lab_join *join = memcpy(arena_new(arena, sizeof(*join)), link->join, sizeof(*join));

	join->has_vlans = target->has_vlans;
	link->join = join;
	link->object_name = target->object_name;
	link->driver = target->driver;
	link->mtu = target->mtu;
	link->vlan = target->vlan;
	link->bridge = target->bridge;
	link->network = target->network;
	link->vni = target->vni;
}

void joins_resolve(struct arena *arena, struct lab **labs, size_t count, bool complete,
		   struct diagnostics *diagnostics)
{
	struct resolver resolver = {
		.arena = arena, .labs = labs, .count = count, .complete = complete, .diagnostics = diagnostics
	};

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; labs[i]->links && j < labs[i]->link_count; j++)
			if (labs[i]->links[j].join)
				link_resolve(&resolver, labs[i], &labs[i]->links[j]);
	for (size_t i = 0; i < resolver.join_count; i++)
		target_copy(arena, &resolver.joins[i]);
	join_spokes_assign(arena, resolver.joins, resolver.join_count, diagnostics);
	join_workers_assign(resolver.joins, resolver.join_count);
	for (size_t i = 0; i < count; i++)
		if (labs[i]->valid)
			join_ends_settle(labs[i]);
	free(resolver.joins);
}

void join_ends_settle(struct lab *lab)
{
	for (size_t i = 0; i < lab->node_count; i++)
		for (size_t j = 0; j < lab->nodes[i].interface_count; j++) {
			struct lab_interface *interface = &lab->nodes[i].interfaces[j];

			if (interface->link->join && interface->vlan == 0)
				interface->vlan = interface->link->vlan;
		}
}
