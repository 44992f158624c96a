/* What happened, in words: the text of a note, of a plan, and of the log. Pure. */
#pragma once

#include <stdint.h>

#include "sync/desired.h"
#include "sync/plan.h"

enum verdict {
	VERDICT_PROGRESSING,
	VERDICT_READY,
	VERDICT_DEGRADED,
	VERDICT_FAILED, /* the pass could not be made */
	VERDICT_BLOCKED,
	VERDICT_SUPERSEDED
};

struct report {
	enum verdict verdict;
	const char *cluster, *source, *commit;
	const struct plan *plan; /* NULL when the pass could not be made */
	const struct desired *desired; /* NULL as well */
	const char *message; /* why it failed; the newer commit; or NULL */
	int64_t started; /* wall clock */
	uint64_t duration_ms;
};

/* What a finished plan amounts to. */
enum verdict report_verdict(const struct plan *plan, const struct desired *desired);
const char *verdict_name(enum verdict verdict);

/* The note of a commit: readable text first, trailers last (DESIGN section 7). The caller frees. */
char *report_note_new(const struct report *report);
/* What a dry run found, in the same words. The caller frees. */
char *report_plan_new(const struct report *report);
/* The first line alone, for the log. The caller frees. */
char *report_headline_new(const struct report *report);
