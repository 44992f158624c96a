/* What a lab's parent is to list after the last write. */
#include <string.h>

#include "sync/plan.h"

/* An object stays listed while it exists or may exist: wanted by Git, kept on
 * purpose, or not removed because that failed. A retained disk is remembered
 * by its own mark. */
static bool is_to_remember(const struct step *step)
{
	if (step->desired)
		return !step->foreign; /* whatever else it is refused for, it may be there */
	if (step->action == STEP_MOVE)
		return !step_is_taken(step);
	if (step->error.code != ERROR_NONE || step->action == STEP_KEPT)
		return true;
	return step_is_open(step);
}

bool lab_plan_narrow_inventory(struct lab_plan *lab)
{
	struct inventory *inventory = lab->inventory;
	struct inventory kept = { .entries = NULL };
	bool all_given = lab_plan_forget_given_lines(lab);

	for (size_t i = 0; i < inventory->count; i++) {
		bool forget = false;

		for (size_t j = 0; j < lab->count && !forget; j++)
			forget = lab->steps[j].kind == inventory->entries[i].kind &&
				 strcmp(lab->steps[j].name, inventory->entries[i].name) == 0 &&
				 !is_to_remember(&lab->steps[j]);
		if (!forget)
			inventory_add(&kept, inventory->entries[i].kind, inventory->entries[i].name);
	}
	inventory_clear_entries(inventory);
	free(inventory->entries);
	inventory->entries = kept.entries;
	inventory->count = kept.count;
	inventory->capacity = kept.capacity;
	return inventory->count == 0 && inventory->unknown == NULL && all_given;
}
