#include "sync/patience.h"

#include "base/memory.h"
#include "base/time.h"
#include "sync/outcome.h"

/* A lab is given a moment before Degraded is believed, since a scheduler's first no is often followed by a yes. */
enum { DEGRADED_GRACE_MS = 5000 };

void patience_renew(struct patience *patience)
{
	patience->give_up_at = time_monotonic_ms() + patience->limit_ms;
	patience->degraded_since = 0;
}

static void give_up(const struct patience *patience, struct lab_plan *lab)
{
	cleanup(free) char *limit = duration_text_new(patience->limit_ms);
	cleanup(free) char *reason = string_format("not ready within %s: %s", limit, lab->reason ? lab->reason : "");

	lab_plan_set_state(lab, LAB_STATE_DEGRADED, reason);
}

bool patience_is_settled(struct patience *patience, struct lab_plan *lab)
{
	uint64_t now = time_monotonic_ms();

	if (lab->state == LAB_STATE_PROGRESSING && now >= patience->give_up_at) {
		give_up(patience, lab);
		return true;
	}
	if (lab->state != LAB_STATE_DEGRADED) {
		patience->degraded_since = 0;
		return lab->state != LAB_STATE_PROGRESSING;
	}
	if (patience->degraded_since == 0)
		patience->degraded_since = now;
	return now - patience->degraded_since >= DEGRADED_GRACE_MS || now >= patience->give_up_at;
}
