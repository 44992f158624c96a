/* Objects that carry our owner but stand in no lab's inventory. They are left
 * alone (DESIGN section 3: two witnesses), which must not happen in silence. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "sync/plan.h"

enum { ORPHANS_MAX = 1000 };

struct search {
	struct plan *plan;
	const struct plan_settings *settings;
};

static bool is_in_steps(const struct lab_plan *lab, const json_t *object)
{
	for (size_t i = 0; i < lab->count; i++)
		if (lab->steps[i].live == object)
			return true;
	return false;
}

/* A lab whose files have errors, and one that pruning leaves alone, keep what they have. */
static bool is_known(const struct lab_plan *lab, const struct kind *kind, const json_t *object)
{
	if (lab == NULL)
		return false;
	return lab->action == LAB_HOLD || lab->action == LAB_UNMANAGED || lab->action == LAB_SUSPEND ||
	       is_in_steps(lab, object) ||
	       (lab->inventory && inventory_contains(lab->inventory, kind, object_name(object)));
}

enum owner_part { OWNER_LAB = 2, OWNER_NAMESPACE = 5 };

/* A part of an owner's text, "<cluster>/<source>/<lab>/<group>/<kind>/<namespace>/<name>". NULL when there is none. The
 * caller frees. */
static char *owner_part_new(const json_t *object, enum owner_part part)
{
	const char *owner = object_annotation(object, ANNOTATION_OWNER);

	for (int i = 0; owner && i < (int)part; i++) {
		owner = strchr(owner, '/');
		owner = owner ? owner + 1 : NULL;
	}
	return owner ? string_copy_n(owner, strcspn(owner, "/")) : NULL;
}

static void consider(void *data, const struct kind *kind, json_t *object)
{
	struct search *search = data;
	struct plan *plan = search->plan;
	cleanup(free) char *lab = owner_part_new(object, OWNER_LAB);
	cleanup(free) char *namespace_name = owner_part_new(object, OWNER_NAMESPACE);
	const struct identity identity = { .cluster = search->settings->cluster,
					   .source = search->settings->source,
					   .lab = lab,
					   .namespace_name = namespace_name };

	if (namespace_name == NULL || kind->is_shared || plan->orphan_count == ORPHANS_MAX ||
	    !identity_owns(&identity, kind, object) || object_annotation(object, ANNOTATION_RETAINED) ||
	    json_at(object, "metadata", "deletionTimestamp", NULL))
		return;
	if (is_known(plan_find_lab(plan, namespace_name, lab), kind, object))
		return;
	memory_grow(&plan->orphans, plan->orphan_count, &plan->orphan_capacity, sizeof(*plan->orphans));
	plan->orphans[plan->orphan_count++] =
		(struct plan_orphan){ .kind = kind,
				      .namespace_name = string_copy(object_namespace(object)),
				      .name = string_copy(object_name(object)) };
}

static int orphan_compare(const void *left, const void *right)
{
	const struct plan_orphan *a = left, *b = right;
	int order = strcmp(a->namespace_name, b->namespace_name);

	if (order == 0)
		order = strcmp(a->name, b->name);
	return order ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

void plan_find_orphans(struct plan *plan, const struct live_set *live, const struct plan_settings *settings)
{
	struct search search = { .plan = plan, .settings = settings };

	live_set_each(live, consider, &search);
	if (plan->orphan_count)
		qsort(plan->orphans, plan->orphan_count, sizeof(*plan->orphans), orphan_compare);
}
