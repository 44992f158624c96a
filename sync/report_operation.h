/* One operation in a note or a plan. Pure. */
#pragma once

#include "sync/plan.h"

/* "operation restart-web Restart web: Completed in 41s"; NULL when there is nothing to say of it. `planned`: of what
 * would be done. The caller frees. */
char *report_operation_new(const struct lab_plan *lab, const struct plan_operation *operation, bool planned);
