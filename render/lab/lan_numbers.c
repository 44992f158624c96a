#include "render/lab/lan_numbers.h"

#include <string.h>

#include "base/digest.h"
#include "base/memory.h"

struct lan {
	struct lab *lab;
	struct lab_link *link;
	bool pinned;
};

static int names_compare(const struct lan *a, const struct lan *b)
{
	int order = strcmp(a->lab->namespace_name, b->lab->namespace_name);

	if (order == 0)
		order = strcmp(a->lab->name, b->lab->name);
	return order ? order : strcmp(a->link->name, b->link->name);
}

static int place_compare(const struct lan *a, const struct lan *b)
{
	return place_order(&(struct place){ a->lab->path, a->link->line, a->link->column },
			   &(struct place){ b->lab->path, b->link->line, b->link->column });
}

/* Pinned ones first, by number; the others by their names. */
static int lan_compare(const void *left, const void *right)
{
	const struct lan *a = left, *b = right;
	int order = (int)b->pinned - (int)a->pinned;

	if (order == 0 && a->pinned)
		order = (a->link->vni > b->link->vni) - (a->link->vni < b->link->vni);
	if (order == 0 && !a->pinned)
		order = names_compare(a, b);
	return order ? order : place_compare(a, b);
}

static int name_compare(const void *left, const void *right)
{
	const struct lan *a = left, *b = right;
	int order = strcmp(a->link->object_name, b->link->object_name);

	return order ? order : place_compare(a, b);
}

/* Invalid labs count too, as far as they could be read: what they have on the
 * cluster stays there, and their repair should not give others new numbers. */
static size_t lans_collect(struct lab **labs, size_t count, struct lan *lans)
{
	size_t filled = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; labs[i]->links && j < labs[i]->link_count; j++) {
			struct lab_link *link = &labs[i]->links[j];

			if (link->driver == LINK_K8SLAN)
				lans[filled++] = (struct lan){ labs[i], link, link->vni > 0 };
		}
	return filled;
}

static size_t links_count(struct lab **labs, size_t count)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += labs[i]->links ? labs[i]->link_count : 0;
	return total;
}

static void devices_check(const struct lan *lan, struct diagnostics *diagnostics)
{
	const struct lab_lan_config *config = lan->lab->lan;

	if (!lan->lab->valid || (config && (config->default_device || (config->devices && config->devices->count))))
		return;
	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, lan->lab->path, lan->link->line, lan->link->column,
			"link \"%s\" uses driver k8slan, but nothing says over which device the workers reach each "
			"other; set spec.defaultVxlanDev or spec.vxlanDevMap in a KNLConfig named knlcfg",
			lan->link->name);
	lan->lab->valid = false;
}

static void pin_refuse(const struct lan *first, const struct lan *second, struct diagnostics *diagnostics)
{
	if (first->lab->valid || second->lab->valid)
		diagnostics_add(
			diagnostics, DIAGNOSTIC_ERROR, second->lab->path, second->link->line, second->link->column,
			"link \"%s\" of lab \"%s\" has vni %lld, which link \"%s\" of lab \"%s\" at %s:%zu:%zu "
			"has too; change one, or leave it to labsync",
			second->link->name, second->lab->name, (long long)second->link->vni, first->link->name,
			first->lab->name, first->lab->path, first->link->line, first->link->column);
	first->lab->valid = second->lab->valid = false;
}

static void name_refuse(const struct lan *first, const struct lan *second, struct diagnostics *diagnostics)
{
	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, second->lab->path, second->link->line, second->link->column,
			"link \"%s\" of lab \"%s\" makes the LAN \"%s\", as does link \"%s\" of lab \"%s\" in "
			"namespace \"%s\" at %s:%zu:%zu; k8slan tells LANs apart by their names alone, rename one",
			second->link->name, second->lab->name, second->link->object_name, first->link->name,
			first->lab->name, first->lab->namespace_name, first->lab->path, first->link->line,
			first->link->column);
	first->lab->valid = second->lab->valid = false;
}

/* Within a namespace, equal names are told of elsewhere. */
static void names_check(const struct lan *lans, size_t count, struct diagnostics *diagnostics)
{
	cleanup(free) struct lan *named = memory_new_array(count, sizeof(*named));
	size_t filled = 0;

	for (size_t i = 0; i < count; i++)
		if (lans[i].lab->valid && lans[i].link->object_name)
			named[filled++] = lans[i];
	if (filled)
		qsort(named, filled, sizeof(*named), name_compare);
	for (size_t i = 1; i < filled; i++)
		if (strcmp(named[i - 1].link->object_name, named[i].link->object_name) == 0 &&
		    strcmp(named[i - 1].lab->namespace_name, named[i].lab->namespace_name) != 0)
			name_refuse(&named[i - 1], &named[i], diagnostics);
}

/* The numbers in use: open addressing, never more than half full; 0 is free. */
struct number_set {
	int64_t *slots;
	size_t size;
};

static void number_set_cleanup(struct number_set *set)
{
	free(set->slots);
}

/* False when it was there. */
static bool number_take(struct number_set *set, int64_t number)
{
	size_t at = (size_t)((uint64_t)number * 0x9e3779b97f4a7c15) & (set->size - 1);

	for (; set->slots[at]; at = (at + 1) & (set->size - 1))
		if (set->slots[at] == number)
			return false;
	set->slots[at] = number;
	return true;
}

static uint64_t names_hash(const struct lan *lan)
{
	cleanup(free) char *identity =
		string_format("%s/%s/%s", lan->lab->namespace_name, lan->lab->name, lan->link->name);
	uint8_t digest[SHA256_SIZE];
	uint64_t hash = 0;

	sha256(identity, strlen(identity), digest);
	for (size_t i = 0; i < sizeof(hash); i++)
		hash = hash << 8 | digest[i];
	return hash;
}

/* From where the names' hash falls, the next number that is free; false when all are taken. */
static bool number_choose(struct lan *lan, int64_t first, int64_t last, struct number_set *taken)
{
	int64_t room = last - first + 1, number = first + (int64_t)(names_hash(lan) % (uint64_t)room);

	for (int64_t i = 0; i < room; i++) {
		if (number_take(taken, number)) {
			lan->link->vni = number;
			return true;
		}
		number = number == last ? first : number + 1;
	}
	return false;
}

static void numbers_give(struct lan *lans, size_t count, int64_t first, int64_t last, struct diagnostics *diagnostics)
{
	cleanup(number_set) struct number_set taken = { .size = 16 };

	while (taken.size < count * 2)
		taken.size *= 2;
	taken.slots = memory_new_array(taken.size, sizeof(*taken.slots));
	for (size_t i = 0; i < count; i++) {
		if (lans[i].pinned) {
			if (!number_take(&taken, lans[i].link->vni))
				pin_refuse(&lans[i - 1], &lans[i], diagnostics);
		} else if (!number_choose(&lans[i], first, last, &taken)) {
			diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, lans[i].lab->path, lans[i].link->line,
					lans[i].link->column,
					"no VNI from %lld to %lld is left for link \"%s\"; remove links of driver "
					"k8slan",
					(long long)first, (long long)last, lans[i].link->name);
			lans[i].lab->valid = false;
		}
	}
}

void lan_numbers_assign_between(struct lab **labs, size_t count, int64_t first, int64_t last,
				struct diagnostics *diagnostics)
{
	cleanup(free) struct lan *lans = memory_new_array(links_count(labs, count), sizeof(*lans));
	size_t filled = lans_collect(labs, count, lans);

	if (filled == 0)
		return;
	qsort(lans, filled, sizeof(*lans), lan_compare);
	numbers_give(lans, filled, first, last, diagnostics);
	names_check(lans, filled, diagnostics);
	for (size_t i = 0; i < filled; i++)
		devices_check(&lans[i], diagnostics);
}

void lan_numbers_assign(struct lab **labs, size_t count, struct diagnostics *diagnostics)
{
	lan_numbers_assign_between(labs, count, LAN_NUMBER_FIRST, LAN_NUMBER_LAST, diagnostics);
}
